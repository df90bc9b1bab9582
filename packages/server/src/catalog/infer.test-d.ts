import { expectTypeOf } from "vitest";
import { feature, type InferCatalogIds, plan, product } from "./index.js";

const messages = feature({ id: "messages", type: "metered" });
const credits = feature({ id: "credits", type: "metered" });
const proModels = feature({ id: "pro_models", type: "boolean" });
const free = plan({
  id: "free",
  group: "base",
  default: true,
  includes: [messages({ limit: 100, reset: "month" })],
});
const pro = plan({
  id: "pro",
  price: { amount: "19", interval: "month" },
  includes: [messages({ limit: 9 }), proModels()],
});
const bare = plan({ id: "bare" });
const pack = product({ id: "pack", price: { amount: 9.99 }, includes: [credits({ quantity: 500 })] });

type Ids = InferCatalogIds<readonly [typeof free, typeof pro, typeof bare, typeof pack]>;
expectTypeOf<Ids["productId"]>().toEqualTypeOf<"free" | "pro" | "bare" | "pack">();
expectTypeOf<Ids["planId"]>().toEqualTypeOf<"free" | "pro" | "bare">();
expectTypeOf<Ids["featureId"]>().toEqualTypeOf<"messages" | "credits" | "pro_models">();
expectTypeOf<Ids["itemId"]>().toEqualTypeOf<"messages" | "credits">();

// @ts-expect-error a boolean feature has no quantity
proModels({ limit: 1 });
// @ts-expect-error a metered feature needs one
messages();
// @ts-expect-error a price of a plan is paid again and again
plan({ id: "x", price: { amount: 1 } });
