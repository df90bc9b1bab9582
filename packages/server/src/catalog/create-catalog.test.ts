import { describe, expect, it } from "vitest";
import { createCatalog, type Declaration, feature, plan, product, toPublicProducts } from "./index.js";

const messages = feature({ id: "messages", type: "metered", name: "Messages" });
const credits = feature({ id: "credits", type: "metered", name: "Credits" });
const proModels = feature({ id: "pro_models", type: "boolean", name: "Pro models" });

const free = plan({
  id: "free",
  name: "Free",
  group: "base",
  default: true,
  includes: [messages({ limit: 100, reset: "month" })],
});
const pro = plan({
  id: "pro",
  name: "Pro",
  group: "base",
  trialDays: 14,
  price: [
    { amount: "19", interval: "month" },
    { amount: "190", interval: "year" },
  ],
  includes: [messages({ limit: 2_000, reset: "month" }), proModels()],
});
const creditPack = product({
  id: "credit_pack",
  name: "500 credits",
  stackable: true,
  price: { amount: "9.99" },
  includes: [credits({ quantity: 500 })],
});

function faultsOf(...products: Declaration[]): string[] {
  try {
    createCatalog(products);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: "CATALOG_INVALID", status: 500 });
    return (error as Error).message.split("\n").slice(1);
  }
}

describe("createCatalog", () => {
  it("gives each product in one form, with prices in minor units", () => {
    const catalog = createCatalog([free, pro, creditPack]);
    expect(catalog.products.get("pro")).toMatchObject({
      kind: "plan",
      group: "base",
      isDefault: false,
      trialDays: 14,
      trialRequiresCard: true,
      prices: [
        { amount: 1_900, currency: "usd", interval: [1, "month"] },
        { amount: 19_000, currency: "usd", interval: [1, "year"] },
      ],
      includes: [
        {
          featureId: "messages",
          type: "metered",
          quantity: 2_000,
          repeat: [1, "month"],
          expires: "when-repeated",
        },
        {
          featureId: "pro_models",
          type: "boolean",
          quantity: 0,
          repeat: null,
          expires: "when-purchase-expires",
        },
      ],
    });
    expect(catalog.products.get("credit_pack")).toMatchObject({
      kind: "product",
      stackable: true,
      onRefund: "revoke",
      prices: [{ amount: 999, currency: "usd", interval: null }],
      includes: [{ quantity: 500, repeat: null, expires: "never" }],
    });
    expect([...catalog.features.keys()]).toEqual(["messages", "pro_models", "credits"]);
    expect(catalog.defaultPlans.get("base")?.id).toBe("free");
  });

  it.each([
    [
      "a limit without reset holds as long as the plan",
      { limit: 5 },
      [5, null, "when-purchase-expires", false],
    ],
    [
      "unlimited lasts as long as the plan",
      { unlimited: true as const },
      [0, null, "when-purchase-expires", true],
    ],
    [
      "unlimited with a reset counts by the month",
      { unlimited: true as const, reset: "month" as const },
      [0, [1, "month"], "when-repeated", true],
    ],
    [
      "a repeated quantity without a word on expiry accumulates",
      { quantity: 7, repeat: [2, "week"] as const },
      [7, [2, "week"], "never", false],
    ],
  ])("%s", (_, options, [quantity, repeat, expires, unlimited]) => {
    const catalog = createCatalog([plan({ id: "p", includes: [messages(options)] })]);
    expect(catalog.products.get("p")?.includes[0]).toMatchObject({ quantity, repeat, expires, unlimited });
  });

  it("reports every fault at once, with the product and the field", () => {
    const faults = faultsOf(
      plan({ id: "Free!", group: "base", default: true }),
      plan({ id: "basic", group: "base", default: true, price: { amount: 5, interval: "month" } }),
      plan({ id: "lonely", default: true, trialDays: 3 }),
      plan({ id: "basic", trialDays: 1.5, price: { amount: "19.999", interval: "month" } }),
      product({
        id: "pack",
        price: { amount: 0 },
        includes: [credits({ quantity: 0 }), credits({ quantity: 1 })],
      }),
    );
    expect(faults).toEqual([
      '- plan "Free!", id: "Free!" is not 1 to 64 lowercase letters, digits, "-" or "_"',
      '- plan "basic", price: a default plan costs nothing',
      '- plan "lonely", default: a default plan needs a `group` to be the default of',
      '- plan "lonely", trialDays: a free plan has no trial',
      '- plan "basic", id: another product has the same id',
      '- plan "basic", price.amount: 19.999 has more decimals than USD allows (2)',
      '- plan "basic", trialDays: 1.5 is not an integer from 0 to 730',
      '- product "pack", price.amount: is 0; leave `price` out for what is free',
      '- product "pack", includes[0] (credits).quantity: 0 is not an integer from 1 to 2^53 - 1',
      '- product "pack", includes[1] (credits): includes[0] has the same feature',
      '- plan "basic", default: "Free!" is the default of group "base" already',
    ]);
  });

  it("finds what a compiler would have refused", () => {
    const untyped = (options: unknown) =>
      faultsOf(plan({ id: "p", includes: [messages(options as { limit: 1 })] }));
    const at = '- plan "p", includes[0] (messages)';
    expect(untyped(undefined)).toEqual([
      `${at}: a metered feature needs \`limit\`, \`quantity\` or \`unlimited: true\``,
    ]);
    expect(untyped({ limit: 1, quantity: 1 })).toEqual([
      `${at}: takes one of \`limit\` and \`quantity\`, not both`,
    ]);
    expect(untyped({ limit: Number.NaN })).toEqual([`${at}.limit: NaN is not an integer from 1 to 2^53 - 1`]);
    expect(untyped({ limit: 2 ** 53 })).toEqual([
      `${at}.limit: 9007199254740992 is not an integer from 1 to 2^53 - 1`,
    ]);
    expect(untyped({ limit: 1, reset: "hour" })).toEqual([
      `${at}.reset: has to be one of day, week, month, year`,
    ]);
    expect(untyped({ quantity: 1, repeat: [0, "day"] })).toEqual([
      `${at}.repeat: has to be "never" or a pair such as [1, "month"]`,
    ]);
    expect(untyped({ quantity: 1, expires: "soon" })).toEqual([
      `${at}.expires: has to be one of never, when-purchase-expires, when-repeated`,
    ]);
  });

  it("refuses one feature id with two types", () => {
    const boolean = feature({ id: "messages", type: "boolean" });
    expect(faultsOf(free, plan({ id: "other", includes: [boolean()] }))).toEqual([
      '- feature "messages": is declared twice with different types or names',
    ]);
  });

  it("keeps the version when texts or order change, and makes another when the price or a quantity does", () => {
    const versionOf = (declaration: Declaration) =>
      createCatalog([declaration]).products.get(declaration.id)?.version;
    const make = (amount: string, limit: number, name = "Pro", flip = false) => {
      const includes = [messages({ limit, reset: "month" }), proModels()];
      return plan({
        id: "pro",
        name,
        price: { amount, interval: "month" },
        includes: flip ? includes.reverse() : includes,
      });
    };
    const version = versionOf(make("19", 2_000));
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    expect(versionOf(make("19.00", 2_000, "Professional", true))).toBe(version);
    expect(versionOf(make("20", 2_000))).not.toBe(version);
    expect(versionOf(make("19", 2_001))).not.toBe(version);
  });
});

describe("toPublicProducts", () => {
  it("gives what anybody may know, without hidden products, versions and metadata", () => {
    const hidden = plan({ id: "staff", hidden: true });
    const unlimited = plan({
      id: "ultra",
      metadata: { note: "internal" },
      includes: [messages({ unlimited: true })],
    });
    const products = toPublicProducts(createCatalog([free, hidden, unlimited]));
    expect(products.map(({ id }) => id)).toEqual(["free", "ultra"]);
    expect(products[0]).toEqual({
      id: "free",
      type: "plan",
      name: "Free",
      description: null,
      group: "base",
      isDefault: true,
      stackable: false,
      trialDays: 0,
      prices: [],
      includes: [
        {
          featureId: "messages",
          name: "Messages",
          type: "metered",
          quantity: 100,
          unlimited: false,
          repeat: [1, "month"],
        },
      ],
    });
    expect(products[1]?.includes[0]).toMatchObject({ quantity: null, unlimited: true });
    expect(JSON.stringify(products)).not.toContain("internal");
  });
});
