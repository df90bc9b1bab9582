import type { PayKitTestProviderProps, TestCustomer } from "@paykit/react/testing";

/** What a customer may be in, and what each one has to see, hear and reach. */
export interface GalleryState extends Pick<PayKitTestProviderProps, "customer" | "status" | "signInUrl"> {
  /** Texts that the page shows. */
  says: string[];
  /** Texts that it must not show. */
  hides: string[];
  /** What the Tab key reaches, in order, as a screen reader names it. */
  tabStops: string[];
}

const pack = "button Buy 500 credits";
const portal = "button Manage billing";
const signIn = ["link Get started", "link Get started", "link Get started"];
const interval = "radio Per month";
const upgrade = "button Upgrade to Pro";
const subscribed = ["link View", "link Download"];

/** Of the plans Free, Pro and Team, in the words of the subscribe buttons; the one that is current cannot be pressed. */
const onFree = ["button Subscribe", "button Subscribe"];
const onPro = ["button Cancel on February 1, 2026", "button Upgrade"];

const entitled = { pro_models: true, messages: { limit: 2_000, usage: 120 }, credits: 480 } as const;
const pro = { planId: "pro", willRenew: true } as const;

function customer(subscription: NonNullable<TestCustomer["subscriptions"]>[number]): TestCustomer {
  return { features: entitled, subscriptions: [subscription] };
}

/** It is 1 January 2026, and plans are paid monthly: the period ends on 1 February. */
export const states = {
  pending: {
    status: "pending",
    says: ["One moment"],
    hides: ["The pro area", "Upgrade to Pro", "left of"],
    tabStops: [pack, interval, "button Subscribe", "button Subscribe", "button Subscribe", portal],
  },
  anonymous: {
    customer: null,
    signInUrl: "#sign-in",
    says: ["Upgrade to Pro", "Nobody is signed in"],
    hides: ["The pro area", "Current plan"],
    tabStops: [upgrade, pack, interval, ...signIn, portal],
  },
  free: {
    customer: {
      features: { pro_models: false, messages: { limit: 100, usage: 100 }, credits: 0 },
      subscriptions: [
        { planId: "free", isDefault: true, interval: null, currentPeriodStart: null, currentPeriodEnd: null },
      ],
    },
    says: ["Upgrade to Pro", "100 of 100 used", "No invoices yet", "Current plan"],
    hides: ["The pro area", "Renews on"],
    tabStops: [upgrade, pack, interval, ...onFree, portal],
  },
  trial: {
    customer: customer({ ...pro, status: "trialing", trialEnd: new Date("2026-01-15T00:00:00Z") }),
    says: ["The pro area", "Trial ends on January 15, 2026", "120 of 2,000 used"],
    hides: ["Upgrade to Pro"],
    tabStops: [pack, interval, ...onPro, portal, ...subscribed],
  },
  active: {
    customer: customer(pro),
    says: ["The pro area", "Renews on February 1, 2026", "120 of 2,000 used", "480", "Current plan"],
    hides: ["Upgrade to Pro"],
    tabStops: [pack, interval, ...onPro, portal, ...subscribed],
  },
  ending: {
    customer: customer({
      ...pro,
      willRenew: false,
      cancelAtPeriodEnd: true,
      endsAt: new Date("2026-02-01T00:00:00Z"),
      scheduledPlanId: "free",
    }),
    says: ["The pro area", "Ends on February 1, 2026", "Resume"],
    hides: ["Upgrade to Pro", "Renews on"],
    tabStops: [pack, interval, "button Resume", "button Upgrade", portal, ...subscribed],
  },
  "past-due": {
    customer: customer({ ...pro, status: "past_due" }),
    says: ["The pro area", "Payment failed"],
    hides: ["Upgrade to Pro", "Renews on"],
    tabStops: [pack, interval, ...onPro, "button Update card", portal, ...subscribed],
  },
  error: {
    status: "error",
    says: ["This could not be loaded"],
    hides: ["The pro area", "Upgrade to Pro"],
    tabStops: [
      pack,
      interval,
      "button Subscribe",
      "button Subscribe",
      "button Subscribe",
      portal,
      "button Try again",
    ],
  },
} satisfies Record<string, GalleryState>;

export type StateName = keyof typeof states;

export const stateNames = Object.keys(states) as StateName[];
