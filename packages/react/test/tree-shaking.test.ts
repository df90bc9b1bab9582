import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import { describe, expect, it } from "vitest";

const source = fileURLToPath(new URL("../src/index.ts", import.meta.url));

/** What an app ships that imports these names and nothing else. */
async function bundle(names: string): Promise<string> {
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
  const { output } = result as Rolldown.RolldownOutput;
  return output.map((file) => (file.type === "chunk" ? file.code : "")).join("");
}

describe("tree-shaking", () => {
  it("carries no table, no plan rule and no money with the button alone", async () => {
    const code = await bundle("PayKitProvider, CheckoutButton");
    expect(code).toContain("checkout");
    for (const word of ["pricing-table", "invoice-list", "usage-meter", "Downgrade", "NumberFormat"]) {
      expect(code).not.toContain(word);
    }
  });

  it("carries no form and no command with the gate alone", async () => {
    const code = await bundle("PayKitProvider, Entitled");
    expect(code).toContain("upcoming");
    for (const word of ["randomUUID", "onSubmit"]) expect(code).not.toContain(word);
  });

  it("finds the table when it is asked for, so that the words above would be found", async () => {
    const code = await bundle("PricingTable, InvoiceList, UsageMeter");
    for (const word of ["pricing-table", "invoice-list", "usage-meter", "Downgrade", "NumberFormat"]) {
      expect(code).toContain(word);
    }
  });
});
