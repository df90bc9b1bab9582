/**
 * Writes src/wire/parameters.generated.ts: what each request may carry, read from the type declarations of the `stripe`
 * package. Run it again when the SDK is bumped: `node scripts/generate-parameters.mjs`.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-api";

const here = dirname(fileURLToPath(import.meta.url));
const resources = join(here, "../node_modules/stripe/esm/resources");
const FILES = [
  "BalanceTransactions",
  "Charges",
  "Coupons",
  "CustomerBalanceTransactions",
  "CustomerPaymentMethods",
  "Customers",
  "Disputes",
  "Events",
  "InvoiceItems",
  "InvoicePayments",
  "Invoices",
  "PaymentIntents",
  "PaymentMethods",
  "Prices",
  "ProductFeatures",
  "Products",
  "PromotionCodes",
  "Refunds",
  "SetupAttempts",
  "SetupIntents",
  "SubscriptionItems",
  "SubscriptionSchedules",
  "Subscriptions",
  "WebhookEndpoints",
  "Billing/MeterEventAdjustments",
  "Billing/MeterEvents",
  "Billing/MeterEventSummaries",
  "Billing/Meters",
  "BillingPortal/Configurations",
  "BillingPortal/Sessions",
  "Checkout/Sessions",
  "Entitlements/ActiveEntitlements",
  "Entitlements/Features",
  "TestHelpers/TestClocks",
];
/** Large branches that the sandbox takes as they are. */
const OPEN = new Set([
  "payment_method_options",
  "payment_details",
  "amount_details",
  "hooks",
  "mandate_data",
  "evidence",
]);
const LONGEST_ENUM = 60;

const present = new Set(readdirSync(resources, { recursive: true }).map(String));
const files = FILES.filter((file) => present.has(`${file}.d.ts`)).map((file) =>
  join(resources, `${file}.d.ts`),
);
const program = ts.createProgram(files, {
  strict: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: [],
});
const checker = program.getTypeChecker();

const entries = {};
for (const path of files) {
  const source = program.getSourceFile(path);
  const prefix = path
    .slice(resources.length + 1)
    .split("/")
    .slice(0, -1)
    .join(".");
  const inner = source.statements.filter(ts.isModuleDeclaration).flatMap((one) => one.body?.statements ?? []);
  for (const node of [...source.statements, ...(prefix ? inner : [])]) {
    if (!ts.isInterfaceDeclaration(node) || !node.name.text.endsWith("Params")) continue;
    const name = prefix ? `${prefix}.${node.name.text}` : node.name.text;
    entries[name] = shapeOf(checker.getTypeAtLocation(node), []);
  }
}

function shapeOf(type, path) {
  const parts = type.isUnion() ? type.types : [type];
  const solid = parts.filter(
    (one) =>
      !(one.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) &&
      !(one.isStringLiteral() && one.value === ""),
  );
  const isEmptyable = parts.some(
    (one) => (one.isStringLiteral() && one.value === "") || one.flags & ts.TypeFlags.Null,
  );
  const shape = solidShape(solid, path);
  return isEmptyable ? { empty: shape } : shape;
}

function solidShape(types, path) {
  const key = path.at(-1) ?? "";
  if (OPEN.has(key)) return "any";
  // Metadata may be written as numbers; on the wire all of it is text.
  if (key === "*" && types.some((one) => one.flags & ts.TypeFlags.String)) return "string";
  if (types.length === 0) return "string";
  if (types.every((one) => one.flags & ts.TypeFlags.BooleanLike)) return "boolean";
  const literals = types.filter((one) => one.isStringLiteral()).map((one) => one.value);
  const others = types.filter((one) => !one.isStringLiteral() && !isOpenString(one));
  if (others.length === 0) {
    if (literals.length === 0 || literals.length > LONGEST_ENUM) return "string";
    return { enum: literals.sort() };
  }
  if (others.some((one) => one.flags & ts.TypeFlags.Number)) {
    if (others.length > 1)
      return {
        either: [
          "integer",
          ...others.filter((one) => !(one.flags & ts.TypeFlags.Number)).map((one) => solidShape([one], path)),
        ],
      };
    return literals.length > 0 ? { either: ["integer", { enum: literals.sort() }] } : numberShape(key);
  }
  const [only] = others;
  if (others.length > 1) return "any";
  if (only.flags & ts.TypeFlags.String) return "string";
  if (only.symbol?.name === "Decimal") return "decimal";
  if (checker.isArrayType(only)) return { list: shapeOf(checker.getTypeArguments(only)[0], [...path, "[]"]) };
  if (literals.length > 0) return "any";
  return objectShape(only, path);
}

function isOpenString(type) {
  return type.isIntersection();
}

/** Stripe's integers and floats share TypeScript's `number`; these few are fractions. */
function numberShape(key) {
  return ["percent_off", "application_fee_percent", "amount_percent"].includes(key) ? "number" : "integer";
}

function objectShape(type, path) {
  const index = type.getStringIndexType();
  const properties = type.getProperties();
  if (index && properties.length === 0) return { map: shapeOf(index, [...path, "*"]) };
  if (path.length > 9) return "any";
  const keys = {};
  for (const property of properties) {
    const declared = checker.getTypeOfSymbol(property);
    const isOptional = Boolean(property.flags & ts.SymbolFlags.Optional);
    const shape = shapeOf(declared, [...path, property.name]);
    keys[isOptional ? property.name : `${property.name}!`] = shape;
  }
  return { keys };
}

const metadata = JSON.stringify(entries.CustomerCreateParams.keys.metadata);
const body = Object.entries(entries)
  .map(
    ([name, shape]) =>
      `  ${JSON.stringify(name)}: ${JSON.stringify(shape).replaceAll(metadata, "metadata")},`,
  )
  .join("\n");
writeFileSync(
  join(here, "../src/wire/parameters.generated.ts"),
  `// biome-ignore-all format: one line for each request keeps the differences of an SDK bump readable.
// Written by scripts/generate-parameters.mjs from the type declarations of stripe ${program.getSourceFile(files[0]) ? ((await import("stripe")).default.PACKAGE_VERSION ?? "") : ""}; do not edit.
import type { Shape } from "./shape.js";

const metadata: Shape = ${metadata};

/** What each request may carry, by the name of its parameter type. */
export const parameters: Readonly<Record<string, Shape>> = {
${body}
};
`,
);
