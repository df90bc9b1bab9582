import { invalid, missing } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { Price } from "../world/objects/catalog.js";
import type { World } from "../world/world.js";
import { createPrice, type PriceData, takeLookupKey } from "./create-price.js";
import { search } from "./search.js";

type PriceUpdate = Pick<
  PriceData,
  "active" | "lookup_key" | "metadata" | "nickname" | "tax_behavior" | "transfer_lookup_key"
>;

type PriceFilter = PageParams & {
  active?: boolean;
  created?: Range;
  currency?: string;
  lookup_keys?: string[];
  product?: string;
  recurring?: { interval?: string; meter?: string; usage_type?: string };
  type?: Price["type"];
};

export const prices: readonly Route[] = [
  route<PriceData>(["POST", "/v1/prices"], "PriceCreateParams", ({ world, params }) => {
    if (params.product === undefined && params.product_data === undefined) {
      throw invalid("Must supply either `product` or `product_data`.", {
        code: "parameter_missing",
        param: "product",
      });
    }
    return createPrice(world, params);
  }),
  route<PriceFilter>(["GET", "/v1/prices"], "PriceListParams", ({ world, params }) =>
    paginate(world.list("price").filter(fits(params)), params, "/v1/prices"),
  ),
  search("price", "/v1/prices/search", "PriceSearchParams", [
    "active",
    "currency",
    "lookup_key",
    "metadata",
    "product",
    "type",
  ]),
  route(["GET", "/v1/prices/:id"], "PriceRetrieveParams", ({ world, id }) => findPrice(world, id)),
  route<PriceUpdate>(["POST", "/v1/prices/:id"], "PriceUpdateParams", ({ world, id, params }) => {
    const before = findPrice(world, id);
    world.track("price", id, "price.updated", () => {
      if (params.lookup_key)
        takeLookupKey(world, params.lookup_key, { by: id, transfer: params.transfer_lookup_key ?? false });
      world.change("price", id, {
        active: params.active ?? before.active,
        lookup_key: params.lookup_key === undefined ? before.lookup_key : params.lookup_key || null,
        metadata: mergeMetadata(before.metadata, params.metadata),
        nickname: params.nickname === undefined ? before.nickname : params.nickname || null,
        tax_behavior: params.tax_behavior ?? before.tax_behavior,
      });
    });
    return world.get("price", id);
  }),
];

export function findPrice(world: World, id: string): Price {
  const price = world.find("price", id);
  if (!price) throw missing("price", id);
  return price;
}

function fits(filter: PriceFilter): (price: Price) => boolean {
  const { lookup_keys } = filter;
  const fitsTerms = having({
    active: filter.active,
    currency: filter.currency,
    product: filter.product,
    type: filter.type,
  });
  const fitsRecurring = having({ ...filter.recurring });
  const fitsCreation = createdWithin(filter);
  return (price) =>
    fitsCreation(price) &&
    fitsTerms(price) &&
    (lookup_keys === undefined || (price.lookup_key !== null && lookup_keys.includes(price.lookup_key))) &&
    (filter.recurring === undefined || (price.recurring !== null && fitsRecurring(price.recurring)));
}
