import Stripe from "stripe";
import type { IdempotencyKey } from "./idempotency-key.js";

/** How to reach Stripe. */
export interface StripeSettings {
  /** `sk_test_...` or `sk_live_...`. */
  secretKey: string;
  /** The endpoint's signing secret, `whsec_...`. */
  webhookSecret: string;
  /** Only to point elsewhere than `https://api.stripe.com`, a sandbox for example. */
  apiUrl?: string;
  /** How long one request may take, in milliseconds. Default 10,000. */
  timeoutMs?: number;
  /** The transport, in place of the global `fetch`: how tests hand a sandbox over without a port. */
  fetch?: typeof fetch;
}

/** The SDK, but that nothing is made without a key of ours: a forgotten one does not compile. */
export type StripeClient = Keyed<Stripe>;

type Keyed<Part> = {
  [Name in keyof Part]: Part[Name] extends (...args: infer Args) => infer Made
    ? Name extends "create"
      ? KeyedCreate<Args, Made>
      : Part[Name]
    : Part[Name] extends object
      ? Keyed<Part[Name]>
      : Part[Name];
};

/** Some nouns are made below another, which is named first. */
type KeyedCreate<Args extends unknown[], Made> = Args[0] extends string
  ? (of: Args[0], params: NonNullable<Args[1]>, options: KeyedOptions) => Made
  : (params: NonNullable<Args[0]>, options: KeyedOptions) => Made;

type KeyedOptions = Stripe.RequestOptions & { idempotencyKey: IdempotencyKey };

const defaultTimeoutMs = 10_000;

/** A client with our limits. It opens no connection until the first request. */
export function createStripeClient(settings: StripeSettings): StripeClient {
  return new Stripe(settings.secretKey, {
    httpClient: Stripe.createFetchHttpClient(settings.fetch),
    timeout: settings.timeoutMs ?? defaultTimeoutMs,
    maxNetworkRetries: 2,
    telemetry: false,
    appInfo: { name: "paykit" },
    ...(settings.apiUrl === undefined ? {} : toHost(settings.apiUrl)),
  });
}

/** True for a key that moves real money. */
export function isLiveKey(secretKey: string): boolean {
  return /^(sk|rk)_live_/.test(secretKey);
}

function toHost(apiUrl: string): { protocol: "http" | "https"; host: string; port: number } {
  const url = new URL(apiUrl);
  const isPlain = url.protocol === "http:";
  return {
    protocol: isPlain ? "http" : "https",
    host: url.hostname,
    port: url.port === "" ? (isPlain ? 80 : 443) : Number(url.port),
  };
}
