import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeServer } from "../../test/fake-server.js";
import { renderWith } from "../../test/render.js";
import { snapshot, stateOf, subscription } from "../../test/snapshots.js";
import { SubscribeButton, type SubscribeButtonProps } from "./subscribe-button.js";

const march31 = "2026-03-31T00:00:00.000Z";
const free = snapshot();
const pro = {
  planId: "pro",
  isDefault: false,
  interval: [1, "month"] as const,
  currentPeriodStart: "2026-02-28T00:00:00.000Z",
  currentPeriodEnd: march31,
};
const onPro = snapshot({ subscriptions: [subscription(pro)] });
const endingPro = snapshot({
  subscriptions: [
    subscription({
      ...pro,
      cancelAtPeriodEnd: true,
      willRenew: false,
      endsAt: march31,
      scheduledPlanId: "free",
      scheduledAt: march31,
    }),
  ],
});

const endingWithoutFollower = snapshot({
  subscriptions: [subscription({ ...pro, cancelAtPeriodEnd: true, willRenew: false, endsAt: march31 })],
});

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer(free);
});

function show(customer: typeof free | null, props: Partial<SubscribeButtonProps> = {}) {
  const ui = <SubscribeButton planId="pro" {...props} />;
  const navigate = vi.fn<(url: string) => void>();
  return { ...renderWith(server, ui, { state: stateOf(customer), navigate }), navigate };
}

const button = () => screen.getByRole<HTMLButtonElement>("button");
const form = () => button().closest("form");

describe("SubscribeButton", () => {
  it.each([
    ["Subscribe", "start", free, "pro", undefined],
    ["Subscribe", "start", null, "pro", undefined],
    ["Subscribe", "start", null, "free", undefined],
    ["Current plan", "none", free, "free", undefined],
    ["Current plan", "none", onPro, "pro", "month"],
    ["Upgrade", "upgrade", onPro, "team", "month"],
    ["Upgrade", "upgrade", onPro, "pro", "year"],
    ["Cancel on March 31, 2026", "cancel", onPro, "free", undefined],
    ["Resume", "resume", endingPro, "pro", "month"],
    ["Starts on March 31, 2026", "none", endingPro, "free", undefined],
    ["Starts on March 31, 2026", "none", endingWithoutFollower, "free", undefined],
  ] as const)("says %s (%s)", (label, kind, customer, planId, interval) => {
    show(customer, { planId, interval });
    expect(button().textContent).toBe(label);
    expect(button().dataset.change).toBe(kind);
    expect(button().disabled).toBe(kind === "none");
  });

  it("knows what to say on the first paint, without asking what is for sale", () => {
    show(onPro, { planId: "team", interval: "month" });
    expect(button().textContent).toBe("Upgrade");
    expect(server.requests).toHaveLength(0);
  });

  it("warns once in development about an unknown plan, naming the nearest", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    show(onPro, { planId: "por" });
    expect(warn.mock.calls).toEqual([['PayKit: the catalog has no plan "por". Did you mean "pro"?']]);
    warn.mockRestore();
  });

  it("says Downgrade on the last day of what is paid, in the provider's language and time zone", () => {
    const onTeam = snapshot({ subscriptions: [subscription({ ...pro, planId: "team" })] });
    const ui = <SubscribeButton planId="pro" interval="month" />;
    renderWith(server, ui, {
      state: stateOf(onTeam),
      locale: "de",
      timeZone: "America/New_York", // five hours earlier: still the 30th
      labels: { "Downgrade on {date}": "Wechsel am {date}" },
    });
    expect(button().textContent).toBe("Wechsel am 30. März 2026");
  });

  it("says Downgrade without a date in a trial, of which nothing is paid", () => {
    const onTrial = snapshot({
      subscriptions: [subscription({ ...pro, planId: "team", status: "trialing" })],
    });
    show(onTrial, { planId: "pro", interval: "month" });
    expect(button().textContent).toBe("Downgrade");
  });

  it("goes to checkout without JavaScript for a new plan, and to the portal for a change", () => {
    const { unmount } = show(free);
    expect(form()?.getAttribute("action")).toBe("/api/paykit/checkout");
    expect(new FormData(form() ?? undefined).get("productId")).toBe("pro");
    unmount();
    show(onPro, { planId: "free" });
    expect(form()?.getAttribute("action")).toBe("/api/paykit/portal");
    expect(new FormData(form() ?? undefined).get("flow")).toBe("cancel");
  });

  it("shows the new plan at once when nothing has to be paid on a page", async () => {
    server.answers["/subscribe"] = () => {
      server.put(snapshot({ now: "2026-03-01T00:01:00.000Z", subscriptions: [subscription(pro)] }));
      return { paymentUrl: null, invoice: null, requiredAction: null };
    };
    show(free);
    fireEvent.click(button());
    await waitFor(() => expect(button().textContent).toBe("Current plan"));
    expect(server.requests).toHaveLength(1);
    expect(form()?.dataset.state).toBe("idle");
  });

  it("leaves for the page that the bank wants to be confirmed on", async () => {
    const requiredAction = { type: "confirm_payment", url: "https://bank.test/" };
    server.answers["/subscribe"] = () => ({ paymentUrl: null, invoice: null, requiredAction });
    const { navigate } = show(free);
    fireEvent.click(button());
    await waitFor(() => expect(navigate).toHaveBeenCalledExactlyOnceWith("https://bank.test/"));
  });

  it("changes nothing when the confirmation says no, and asks with what would happen", async () => {
    const confirm = vi.fn(async () => false);
    show(onPro, { planId: "team", interval: "month", confirm });
    await act(async () => fireEvent.click(button()));
    const change = { kind: "upgrade", effectiveAt: null, isScheduled: false, trialDays: 0 };
    expect(confirm).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(change));
    expect(server.requests).toHaveLength(0);
    expect(form()?.dataset.state).toBe("idle");
  });

  it("shows that the card was declined, and may be tried again", async () => {
    server.refusal = "CARD_DECLINED";
    show(onPro, { planId: "team" });
    server.put(onPro);
    fireEvent.click(button());
    expect((await screen.findByRole("alert")).textContent).toBe("The fake server says CARD_DECLINED.");
    server.refusal = null;
    fireEvent.click(button());
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("takes your own words, with what would happen", () => {
    show(onPro, { planId: "team", children: ({ kind }, label) => `${kind}: ${label}` });
    expect(button().textContent).toBe("upgrade: Upgrade");
  });
});
