import type { Declaration, IncludeDeclaration, PlanDeclaration, ProductDeclaration } from "./declare.js";
import { Faults } from "./fault.js";
import { toInclude } from "./includes.js";
import type { Catalog, Feature, Include, OneTimeProduct, Plan, Product } from "./model.js";
import { toPrices } from "./prices.js";
import { hashVersion } from "./version.js";

/**
 * Checks everything that the app sells and gives it in one form. Throws `CATALOG_INVALID` with every fault, each with the
 * product and the field.
 */
export function createCatalog(declarations: readonly Declaration[]): Catalog {
  const faults = new Faults();
  const features = collectFeatures(declarations, faults);
  const products = declarations.map((declaration, index) => {
    const where = nameOf(declaration);
    checkId(declaration.id, `${where}, id`, faults);
    const first = declarations.findIndex(({ id }) => id === declaration.id);
    if (first !== index) faults.add(`${where}, id`, "another product has the same id");
    return toProduct(declaration, faults);
  });
  const defaultPlans = collectDefaults(products, faults);
  faults.throwIfAny();
  return { features, products: new Map(products.map((product) => [product.id, product])), defaultPlans };
}

function nameOf({ kind, id }: Declaration): string {
  return `${kind} "${id}"`;
}

function checkId(id: unknown, where: string, faults: Faults): void {
  if (typeof id === "string" && /^[a-z0-9_-]{1,64}$/.test(id)) return;
  faults.add(where, `${JSON.stringify(id)} is not 1 to 64 lowercase letters, digits, "-" or "_"`);
}

function toProduct(declaration: Declaration, faults: Faults): Product {
  const product = declaration.kind === "plan" ? toPlan(declaration, faults) : toOneTime(declaration, faults);
  return { ...product, version: hashVersion(product) };
}

function toPlan({ id, options }: PlanDeclaration, faults: Faults): Plan {
  const where = `plan "${id}"`;
  const { group = null, trialDays = 0, trialRequiresCard = true } = options;
  const prices = toPrices({ prices: options.price, isRecurring: true, where, faults });
  const isDefault = options.default ?? false;
  if (group !== null) checkId(group, `${where}, group`, faults);
  if (isDefault && group === null)
    faults.add(`${where}, default`, "a default plan needs a `group` to be the default of");
  if (isDefault && prices.length > 0) faults.add(`${where}, price`, "a default plan costs nothing");
  if (!Number.isInteger(trialDays) || trialDays < 0 || trialDays > 730) {
    faults.add(`${where}, trialDays`, `${String(trialDays)} is not an integer from 0 to 730`);
  }
  if (trialDays > 0 && options.price === undefined)
    faults.add(`${where}, trialDays`, "a free plan has no trial");
  const common = toCommon({ id, options, where, faults });
  return { kind: "plan", ...common, prices, group, isDefault, trialDays, trialRequiresCard };
}

function toOneTime({ id, options }: ProductDeclaration, faults: Faults): OneTimeProduct {
  const where = `product "${id}"`;
  const { stackable = false, onRefund = "revoke" } = options;
  const prices = toPrices({ prices: options.price, isRecurring: false, where, faults });
  return { kind: "product", ...toCommon({ id, options, where, faults }), prices, stackable, onRefund };
}

interface ToCommonInput {
  id: string;
  options: PlanDeclaration["options"] | ProductDeclaration["options"];
  where: string;
  faults: Faults;
}

function toCommon({ id, options, where, faults }: ToCommonInput) {
  const { name = id, description = null, hidden = false, metadata = {} } = options;
  const includes = toIncludes(options.includes ?? [], where, faults);
  return { id, name, description, hidden, metadata, includes, version: "" };
}

function toIncludes(declared: readonly IncludeDeclaration[], where: string, faults: Faults): Include[] {
  return declared.map((include, index) => {
    const at = `${where}, includes[${index}] (${include.featureId})`;
    const first = declared.findIndex(({ featureId }) => featureId === include.featureId);
    if (first !== index) faults.add(at, `includes[${first}] has the same feature`);
    return toInclude({ include, where: at, faults });
  });
}

function collectFeatures(declarations: readonly Declaration[], faults: Faults): Map<string, Feature> {
  const features = new Map<string, Feature>();
  for (const declaration of declarations) {
    for (const { featureId: id, type, name } of declaration.options.includes ?? []) {
      const known = features.get(id);
      if (known === undefined) checkId(id, `feature "${id}", id`, faults);
      if (known !== undefined && (known.type !== type || known.name !== name)) {
        faults.add(`feature "${id}"`, "is declared twice with different types or names");
      }
      features.set(id, { id, type, name });
    }
  }
  return features;
}

function collectDefaults(products: readonly Product[], faults: Faults): Map<string, Plan> {
  const defaults = new Map<string, Plan>();
  for (const product of products) {
    if (product.kind !== "plan" || !product.isDefault || product.group === null) continue;
    const other = defaults.get(product.group);
    if (other !== undefined) {
      faults.add(
        `plan "${product.id}", default`,
        `"${other.id}" is the default of group "${product.group}" already`,
      );
    }
    defaults.set(product.group, product);
  }
  return defaults;
}
