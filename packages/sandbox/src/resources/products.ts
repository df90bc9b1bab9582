import { syncEntitlements } from "../billing/entitlements.js";
import { invalid, missing, missingReference } from "../wire/errors.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { newId } from "../world/new-id.js";
import type { Product, ProductFeature } from "../world/objects/catalog.js";
import type { World } from "../world/world.js";
import { createPrice, type PriceData } from "./create-price.js";
import { createProduct, type ProductParams, updateProduct } from "./create-product.js";
import { search } from "./search.js";

type CreateParams = ProductParams & { default_price_data?: Omit<PriceData, "product"> };

export const products: readonly Route[] = [
  route<CreateParams>(["POST", "/v1/products"], "ProductCreateParams", ({ world, params }) => {
    const { default_price_data: data } = params;
    return createProduct(
      world,
      params,
      data ? { defaultPrice: (product) => createPrice(world, { ...data, product }).id } : {},
    );
  }),
  route<
    PageParams & { active?: boolean; created?: Range; ids?: string[]; shippable?: boolean; url?: string }
  >(["GET", "/v1/products"], "ProductListParams", ({ world, params }) => {
    const { ids } = params;
    const found = world
      .list("product")
      .filter(createdWithin(params))
      .filter(having({ active: params.active, shippable: params.shippable }))
      .filter((one) => ids === undefined || ids.includes(one.id))
      .filter(having({ url: params.url }));
    return paginate(found, params, "/v1/products");
  }),
  search("product", "/v1/products/search", "ProductSearchParams", [
    "active",
    "description",
    "metadata",
    "name",
    "shippable",
    "url",
  ]),
  route(["GET", "/v1/products/:id"], "ProductRetrieveParams", ({ world, id }) => findProduct(world, id)),
  route<ProductParams>(["POST", "/v1/products/:id"], "ProductUpdateParams", ({ world, id, params }) => {
    findProduct(world, id);
    world.track("product", id, "product.updated", () => updateProduct(world, id, params));
    return world.get("product", id);
  }),
  route(["DELETE", "/v1/products/:id"], "ProductDeleteParams", ({ world, id }) => {
    const product = findProduct(world, id);
    if (world.list("price").some((price) => price.product === id)) {
      throw invalid("A product that has prices cannot be deleted.", {
        param: "id",
      });
    }
    world.remove("product", id);
    world.emit("product.deleted", product);
    return { id, object: "product", deleted: true };
  }),
  route<{ entitlement_feature: string }>(
    ["POST", "/v1/products/:id/features"],
    "ProductCreateFeatureParams",
    ({ world, id, params }) => {
      findProduct(world, id);
      const feature = params.entitlement_feature;
      if (!world.find("entitlements.feature", feature))
        throw missingReference("feature", feature, "entitlement_feature");
      const attached = world.put<ProductFeature>({
        id: newId("product_feature"),
        object: "product_feature",
        entitlement_feature: feature,
        livemode: false,
        hidden: { product: id },
      });
      syncAll(world);
      return attached;
    },
  ),
  route<PageParams>(
    ["GET", "/v1/products/:id/features"],
    "ProductListFeaturesParams",
    ({ world, id, params }) => {
      findProduct(world, id);
      const found = world.list("product_feature").filter(({ hidden }) => hidden.product === id);
      return paginate(found, params, `/v1/products/${id}/features`);
    },
  ),
  route(
    ["GET", "/v1/products/:id/features/:feature"],
    "ProductRetrieveFeatureParams",
    ({ world, id, path }) => findAttached(world, id, path.feature ?? ""),
  ),
  route(
    ["DELETE", "/v1/products/:id/features/:feature"],
    "ProductDeleteFeatureParams",
    ({ world, id, path }) => {
      const attached = findAttached(world, id, path.feature ?? "");
      world.remove("product_feature", attached.id);
      syncAll(world);
      return { id: attached.id, object: "product_feature", deleted: true };
    },
  ),
];

export function findProduct(world: World, id: string): Product {
  const product = world.find("product", id);
  if (!product) throw missing("product", id);
  return product;
}

function findAttached(world: World, product: string, id: string): ProductFeature {
  const attached = world.find("product_feature", id);
  if (attached?.hidden.product !== product) throw missing("product_feature", id);
  return attached;
}

function syncAll(world: World): void {
  for (const { id } of world.list("customer")) syncEntitlements(world, id);
}
