import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import { describe, expect, it } from "vitest";

const source = fileURLToPath(new URL("../src/index.ts", import.meta.url));

/** What an app ships that imports these names and nothing else. */
async function bundle(names: string): Promise<Bundle> {
  const entry = "virtual:app";
  const result = await build({
    configFile: false,
    logLevel: "silent",
    resolve: { conditions: ["@paykit/source"] },
    plugins: [
      {
        name: "app",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? `export { ${names} } from ${JSON.stringify(source)}` : null),
      },
    ],
    build: {
      write: false,
      rolldownOptions: {
        input: entry,
        external: [/^react/, "@tanstack/react-query"],
        preserveEntrySignatures: "strict",
      },
    },
  });
  const chunks = (result as Rolldown.RolldownOutput).output.filter((file) => file.type === "chunk");
  const codeOf = (isEager: boolean) =>
    chunks.map((chunk) => (chunk.isDynamicEntry === isEager ? "" : chunk.code)).join("");
  return { eager: codeOf(true), lazy: codeOf(false) };
}

interface Bundle {
  /** What the page waits for. */
  eager: string;
  /** What is loaded after that. */
  lazy: string;
}

const everything =
  "PayKitProvider, usePayKitCustomer, useEntitlement, PricingTable, InvoiceList, useSpendItem";

describe("tree-shaking", () => {
  it("carries no table, no plan rule and no money with the button alone", async () => {
    const { eager: code } = await bundle("PayKitProvider, CheckoutButton");
    expect(code).toContain("checkout");
    for (const word of ["pricing-table", "invoice-list", "usage-meter", "Downgrade", "NumberFormat"]) {
      expect(code).not.toContain(word);
    }
  });

  it("carries no form and no command with the gate alone", async () => {
    const { eager: code } = await bundle("PayKitProvider, Entitled");
    expect(code).toContain("upcoming");
    for (const word of ["randomUUID", "onSubmit"]) expect(code).not.toContain(word);
  });

  it("finds the table when it is asked for, so that the words above would be found", async () => {
    const { eager: code } = await bundle("PricingTable, InvoiceList, UsageMeter");
    for (const word of ["pricing-table", "invoice-list", "usage-meter", "Downgrade", "NumberFormat"]) {
      expect(code).toContain(word);
    }
  });

  it("leaves clock and tabs to a file that is loaded after the first paint", async () => {
    const { eager, lazy } = await bundle("PayKitProvider, Entitled");
    for (const word of ["BroadcastChannel", "setTimeout"]) {
      expect(eager).not.toContain(word);
      expect(lazy).toContain(word);
    }
  });

  it("carries nothing that adds grants up or counts months, with everything", async () => {
    const { eager, lazy } = await bundle(everything);
    for (const word of ["settledAt", "accrued", "getUTCMonth", "17532"])
      expect(eager + lazy).not.toContain(word);
    expect(eager).toContain("upcoming");
  });
});
