import type { PublicProduct } from "@paykit/server/contract";

/** Names of plans and features in Arabic, by id. */
export const names: Record<string, string> = {
  free: "مجانية",
  pro: "احترافية",
  studio: "استوديو",
  messages: "رسالة",
  pro_models: "المحرر المتأني",
  credits: "رصيد أغلفة",
};

const descriptions: Record<string, string> = {
  free: "لتجرّب كيف تبدو.",
  pro: "لمن يكتب كل يوم.",
  studio: "لمن يعيش من الكتابة.",
};

/** A product of the catalog with its texts in Arabic. */
export function translate(product: PublicProduct): PublicProduct {
  return {
    ...product,
    name: names[product.id] ?? product.name,
    description: descriptions[product.id] ?? product.description,
    includes: product.includes.map((include) => ({
      ...include,
      name: names[include.featureId] ?? include.name,
    })),
  };
}
