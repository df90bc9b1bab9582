import type { PayKitOptions, StripeOptions } from "./options.js";
import { type Handler, runSandbox } from "./run-sandbox.js";
import { type Gateway, openGateway } from "./stripe/gateway.js";

export interface GatewaySource {
  options: PayKitOptions;
  basePath: string;
  /** Where the sandbox delivers its events: our own handler, without a port. */
  handler: () => Handler;
}

/** Opens the way to Stripe at the first call, or to the sandbox where no key is set. */
export function createGateway({ options, basePath, handler }: GatewaySource): () => Promise<Gateway> {
  let opened: Promise<Gateway> | undefined;
  return () => {
    opened ??= open();
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };

  async function open(): Promise<Gateway> {
    const { stripe } = options;
    if (stripe?.secretKey) return openGateway(toSettings(stripe, stripe.secretKey));
    return openSandbox({ basePath, handler: handler() });
  }
}

function toSettings({ webhookSecret = "", apiUrl, timeoutMs, fetch }: StripeOptions, secretKey: string) {
  return {
    secretKey,
    webhookSecret,
    ...(apiUrl ? { apiUrl } : {}),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(fetch === undefined ? {} : { fetch }),
  };
}

async function openSandbox(source: { basePath: string; handler: Handler }): Promise<Gateway> {
  const { url, webhookSecret } = await runSandbox(source);
  return openGateway({ secretKey: "sk_test_sandbox", webhookSecret, apiUrl: url });
}
