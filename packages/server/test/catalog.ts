import { createCatalog, feature, plan, product } from "../src/catalog/index.js";

const messages = feature({ id: "messages", type: "metered", name: "Messages" });
const credits = feature({ id: "credits", type: "metered", name: "Credits" });
const proModels = feature({ id: "pro_models", type: "boolean", name: "Pro models" });

export const free = plan({
  id: "free",
  name: "Free",
  group: "base",
  default: true,
  includes: [messages({ limit: 100, reset: "month" })],
});
export const pro = plan({
  id: "pro",
  name: "Pro",
  group: "base",
  price: { amount: "19", interval: "month" },
  includes: [messages({ limit: 2_000, reset: "month" }), proModels()],
});
export const creditPack = product({
  id: "credit_pack",
  name: "500 credits",
  stackable: true,
  price: { amount: "9.99" },
  includes: [credits({ quantity: 500 })],
});

/** A free and a paid plan, a credit pack; the example of the README. */
export const catalog = createCatalog([free, pro, creditPack]);
