// @vitest-environment node
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { type ReactNode, Suspense } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { useSuspenseEntitlement } from "../src/hooks/use-suspense-entitlement.js";
import { PayKitProvider } from "../src/provider/paykit-provider.js";
import { snapshot, stateOf } from "./snapshots.js";

function Messages() {
  return <p>{useSuspenseEntitlement("messages").balance}</p>;
}

/** The whole stream as text, and what React reported as errors. */
async function stream(ui: ReactNode) {
  const errors: { digest?: string }[] = [];
  const body = new PassThrough();
  const { pipe } = renderToPipeableStream(ui, {
    onError: (error) => {
      errors.push(error as { digest?: string });
    },
    onAllReady: () => pipe(body),
  });
  return { html: await text(body), errors };
}

const reader = <Suspense fallback="waiting">{<Messages />}</Suspense>;

describe("streaming", () => {
  it("has what the server knows in the stream, without a fallback", async () => {
    const { html, errors } = await stream(
      <PayKitProvider state={stateOf(snapshot())}>{reader}</PayKitProvider>,
    );
    expect(html).toContain("<p>100</p>");
    expect(html).not.toContain("waiting");
    expect(errors).toEqual([]);
  });

  it("sends the fallback at once when the server knows nothing, and asks nobody", async () => {
    const fetch = vi.fn();
    const { html, errors } = await stream(<PayKitProvider fetch={fetch}>{reader}</PayKitProvider>);
    expect(html).toContain("waiting");
    expect(fetch).not.toHaveBeenCalled();
    expect(errors.map(({ digest }) => digest)).toEqual(["BAILOUT_TO_CLIENT_SIDE_RENDERING"]);
  });
});
