import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createPayKit } from "../src/index.js";
import { recordLog, request, shopProducts } from "./paykit.js";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "paykit-"));
process.chdir(folder);
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

describe("createPayKit without stripe and database, in development", () => {
  it("runs whole on this machine: sandbox, embedded database, checkout, events without a port", async () => {
    const log = recordLog();
    const identify = () => ({ customerId: "ann" });
    const paykit = createPayKit({ products: shopProducts, identify, log, stripe: { secretKey: undefined } });
    const answer = await paykit.handler(request("/checkout", { json: { productId: "pro" } }));
    const { url } = (await answer.json()) as { url: string };
    expect(url).toMatch(/^http:\/\/localhost:\d+\/c\/pay\/cs_/);
    const form = {
      cardNumber: "4242424242424242",
      cardExpiry: "12 / 34",
      cardCvc: "123",
      email: "ann@example.com",
    };
    await fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    await vi.waitFor(
      async () =>
        expect((await paykit.getCustomer({ id: "ann" }))?.subscriptions).toMatchObject([{ planId: "pro" }]),
      20_000,
    );
    expect(log.lines).toEqual([]);
    await paykit.close();
  });
});

describe("createPayKit in production", () => {
  it("refuses to start without stripe and database, naming both, and does not while being built", () => {
    const { NODE_ENV } = process.env;
    try {
      process.env.NODE_ENV = "production";
      expect(() => createPayKit({ products: shopProducts })).toThrow(/stripe\.secretKey[\s\S]*database/);
      process.env.NEXT_PHASE = "phase-production-build";
      expect(createPayKit({ products: shopProducts }).products).toHaveLength(3);
    } finally {
      process.env.NODE_ENV = NODE_ENV;
      delete process.env.NEXT_PHASE;
    }
  });

  it("refuses test clocks with a live key, and a path that is none", () => {
    const live = { secretKey: "sk_live_x", webhookSecret: "whsec_x" };
    const clocks = () =>
      createPayKit({ products: shopProducts, stripe: live, testing: { testClocks: true } });
    expect(clocks).toThrow(/testing\.testClocks is not for a live key/);
    expect(() => createPayKit({ products: shopProducts, basePath: "api" })).toThrow(/basePath "api"/);
    expect(() => createPayKit({ products: shopProducts, trustedOrigins: ["example.com"] })).toThrow(
      /trustedOrigins/,
    );
  });
});
