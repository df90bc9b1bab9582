import { invalid } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { newId } from "../world/new-id.js";
import type { Product } from "../world/objects/catalog.js";
import type { World } from "../world/world.js";

export type ProductParams = {
  id?: string;
  active?: boolean;
  default_price?: string;
  description?: string | null;
  images?: string[] | null;
  marketing_features?: { name: string }[] | null;
  metadata?: MetadataChange;
  name?: string;
  package_dimensions?: Product["package_dimensions"];
  shippable?: boolean;
  statement_descriptor?: string;
  tax_code?: string | null;
  unit_label?: string | null;
  url?: string | null;
};

export function createProduct(
  world: World,
  params: ProductParams,
  { defaultPrice }: { defaultPrice?: (product: string) => string } = {},
): Product {
  const id = params.id ?? newId("product");
  if (world.find("product", id))
    throw invalid("Product already exists.", { code: "resource_already_exists", param: "id" });
  const now = world.nowOn(null);
  world.put<Product>({
    id,
    object: "product",
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: params.name ?? "",
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: now,
    url: null,
  });
  const announce = world.reserve("product.created", world.get("product", id));
  updateProduct(world, id, params);
  if (defaultPrice) world.change("product", id, { default_price: defaultPrice(id) });
  announce();
  return world.get("product", id);
}

/** What is left out stays; null and an empty text unset. */
export function updateProduct(world: World, id: string, params: ProductParams): void {
  const before = world.get("product", id);
  world.change("product", id, {
    active: params.active ?? before.active,
    default_price: params.default_price === undefined ? before.default_price : params.default_price || null,
    description: pick(params.description, before.description),
    images: params.images === undefined ? before.images : (params.images ?? []),
    marketing_features:
      params.marketing_features === undefined ? before.marketing_features : (params.marketing_features ?? []),
    metadata: mergeMetadata(before.metadata, params.metadata),
    name: params.name ?? before.name,
    package_dimensions: pick(params.package_dimensions, before.package_dimensions),
    shippable: pick(params.shippable, before.shippable),
    statement_descriptor: pick(params.statement_descriptor, before.statement_descriptor),
    tax_code: pick(params.tax_code, before.tax_code),
    unit_label: pick(params.unit_label, before.unit_label),
    updated: world.nowOn(null),
    url: pick(params.url, before.url),
  });
}

function pick<T>(given: T | undefined, before: T): T | null {
  return given === undefined ? before : given === "" ? null : given;
}
