import { Buffer } from "node:buffer";
import type { PGlite } from "@electric-sql/pglite";
import { createPayKit, type Declaration, type PayKitOptions } from "../src/index.js";
import { creditPack, free, pro } from "./catalog.js";

export const shopProducts = [free, pro, creditPack] as const;

/** Says nothing and remembers it. */
export function recordLog() {
  const lines: string[] = [];
  const add = (...parts: unknown[]) => void lines.push(parts.map(String).join(" "));
  return { lines, warn: add, error: add };
}

export const origin = "https://app.example.com";

/** An app whose session is the `x-user` header. */
export function createTestPayKit<const Products extends readonly Declaration[] = typeof shopProducts>(
  database: string | PGlite,
  options: Partial<Omit<PayKitOptions<Products>, "database">> = {},
) {
  const log = recordLog();
  const paykit = createPayKit({
    products: shopProducts as unknown as Products,
    database,
    stripe: { secretKey: "sk_test_x", webhookSecret: "whsec_x", fetch: refuseFetch },
    trustedOrigins: ["https://www.example.com"],
    identify: (request) => {
      const user = request.headers.get("x-user");
      return user === null ? null : { customerId: user, email: `${user}@example.com` };
    },
    log,
    ...options,
  });
  return { paykit, log };
}

const refuseFetch: typeof fetch = () => Promise.reject(new Error("this test reaches for Stripe"));

export interface SendOptions {
  method?: "GET" | "POST" | "PUT" | "OPTIONS";
  user?: string | null;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  body?: string;
}

/** A request as a browser on our own page sends it. */
export function request(
  path: string,
  { user = "ann", json, form, body, ...init }: SendOptions = {},
): Request {
  const method =
    (init.method ?? (json ?? form ?? body) === undefined) ? (init.method ?? "GET") : (init.method ?? "POST");
  const content =
    json !== undefined ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : body;
  const type =
    json !== undefined ? "application/json" : form ? "application/x-www-form-urlencoded" : undefined;
  return new Request(`${origin}/api/paykit${path}`, {
    method,
    headers: {
      ...(method === "POST" ? { origin } : {}),
      ...(type === undefined ? {} : { "content-type": type }),
      ...(user === null ? {} : { "x-user": user }),
      ...(content === undefined ? {} : { "content-length": String(Buffer.byteLength(content)) }),
      ...init.headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
}
