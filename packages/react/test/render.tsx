import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { PayKitProvider, type PayKitProviderProps } from "../src/provider/paykit-provider.js";
import type { FakeServer } from "./fake-server.js";

interface Rendered extends RenderResult {
  /** Renders again with other props of the provider, as a router does after signing in. */
  update: (props: Omit<PayKitProviderProps, "children">) => void;
}

/** Renders below a provider that talks to the fake server. */
export function renderWith(
  server: FakeServer,
  ui: ReactNode,
  props: Omit<PayKitProviderProps, "children"> = {},
): Rendered {
  const wrap = (more: Omit<PayKitProviderProps, "children">) => (
    <PayKitProvider fetch={server.fetch} {...more}>
      {ui}
    </PayKitProvider>
  );
  const result = render(wrap(props));
  return { ...result, update: (more) => result.rerender(wrap(more)) };
}
