import { createStripeClient, isLiveKey, type StripeClient, type StripeSettings } from "./client.js";

/** The way to Stripe, or to the sandbox in its place. */
export interface Gateway {
  client: StripeClient;
  webhookSecret: string;
  /** True when real money moves. */
  isLive: boolean;
}

export function openGateway(settings: StripeSettings): Gateway {
  return {
    client: createStripeClient(settings),
    webhookSecret: settings.webhookSecret,
    isLive: isLiveKey(settings.secretKey),
  };
}
