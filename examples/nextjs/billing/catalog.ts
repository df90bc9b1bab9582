import { feature, plan, product } from "@paykit/server";

const messages = feature({ id: "messages", type: "metered", name: "messages" });
const proModels = feature({ id: "pro_models", type: "boolean", name: "Thorough editor" });
const credits = feature({ id: "credits", type: "metered", name: "cover credits" });

export const free = plan({
  id: "free",
  name: "Free",
  description: "To see how it feels.",
  group: "base",
  default: true,
  includes: [messages({ limit: 100, reset: "month" })],
});

export const pro = plan({
  id: "pro",
  name: "Pro",
  description: "For people who write every day.",
  group: "base",
  price: [
    { amount: "19", interval: "month" },
    { amount: "190", interval: "year" },
  ],
  includes: [messages({ limit: 2_000, reset: "month" }), proModels()],
});

export const studio = plan({
  id: "studio",
  name: "Studio",
  description: "For those who write for a living.",
  group: "base",
  trialDays: 14,
  price: [
    { amount: "49", interval: "month" },
    { amount: "490", interval: "year" },
  ],
  includes: [
    messages({ limit: 10_000, reset: "month" }),
    proModels(),
    credits({ quantity: 100, repeat: [1, "month"], expires: "when-purchase-expires" }),
  ],
});

export const creditPack = product({
  id: "credit_pack",
  name: "500 cover credits",
  description: "They never expire.",
  stackable: true,
  price: { amount: "9.99" },
  includes: [credits({ quantity: 500 })],
});
