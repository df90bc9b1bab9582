/**
 * The ladder of docs/ARCHITECTURE.md as rules: a file imports only from lower rungs, folders on one rung do not import
 * each other, and values never import in a circle. `from` is the folder, `may` is everything below it that it may use.
 */
const server = "packages/server/src";
const ladder = {
  contract: [],
  catalog: ["contract"],
  subscription: ["contract", "catalog"],
  ledger: ["contract", "catalog"],
  snapshot: ["contract", "catalog", "subscription", "ledger"],
  database: ["contract", "catalog", "subscription", "ledger", "snapshot"],
  stripe: ["contract", "catalog", "subscription", "ledger", "snapshot"],
  sync: ["contract", "catalog", "subscription", "ledger", "snapshot", "database", "stripe"],
  operations: ["contract", "catalog", "subscription", "ledger", "snapshot", "database", "stripe", "sync"],
  webhooks: ["contract", "catalog", "subscription", "ledger", "snapshot", "database", "stripe", "sync"],
  http: ["contract", "catalog", "subscription", "ledger", "snapshot", "operations", "webhooks"],
};
const tests = "\\.(test|browser\\.test|test-d)\\.tsx?$|/test/";

const rungs = Object.entries(ladder).map(([folder, may]) => ({
  name: `server-${folder}`,
  severity: "error",
  comment: `${folder}/ may import only from: ${may.join(", ") || "nothing"}`,
  from: { path: `^${server}/${folder}/`, pathNot: tests },
  to: {
    path: `^${server}/`,
    pathNot: [folder, ...may].map((name) => `^${server}/${name}/`),
  },
}));

module.exports = {
  forbidden: [
    ...rungs,
    {
      name: "no-value-cycle",
      severity: "error",
      comment: "values never import in a circle (types may)",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "contract-imports-nothing",
      severity: "error",
      from: { path: `^${server}/contract/`, pathNot: tests },
      to: { pathNot: `^${server}/contract/` },
    },
    {
      name: "adapters-use-the-public-face",
      severity: "error",
      comment: "next/ and cli/ know what a user knows",
      from: { path: `^${server}/(next|cli)/`, pathNot: tests },
      to: { path: `^${server}/`, pathNot: `^${server}/((next|cli|contract)/|index\\.ts|create-paykit\\.ts)` },
    },
    {
      name: "only-stripe-imports-stripe",
      severity: "error",
      from: { path: `^${server}/`, pathNot: [`^${server}/stripe/`, tests] },
      to: { path: "node_modules/stripe/" },
    },
    {
      name: "only-database-knows-sql",
      severity: "error",
      from: { path: `^${server}/`, pathNot: [`^${server}/database/`, tests] },
      to: { path: "node_modules/(drizzle-orm|pg|@electric-sql)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "react-knows-only-the-contract",
      severity: "error",
      from: { path: "^packages/react/src", pathNot: tests },
      to: { path: `^packages/(server|sandbox)/`, pathNot: `^packages/server/(src|dist)/contract/` },
    },
    {
      name: "sandbox-stands-alone",
      severity: "error",
      from: { path: "^packages/sandbox/src" },
      to: { path: "^packages/(server|react)/" },
    },
    {
      name: "sandbox-does-not-use-the-sdk",
      severity: "error",
      from: { path: "^packages/sandbox/src", pathNot: tests },
      to: { path: "node_modules/stripe/" },
    },
    {
      name: "nothing-borrows-from-the-sandbox",
      severity: "error",
      comment: "the server loads it dynamically in development, and shares no code with it",
      from: { path: "^packages/server/src", pathNot: tests },
      to: { path: "^packages/sandbox/", dependencyTypesNot: ["dynamic-import", "type-only"] },
    },
  ],
  options: {
    exclude: { path: "(^|/)(dist|\\.next|node_modules)/" },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.check.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@paykit/source", "import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs"],
    },
  },
};
