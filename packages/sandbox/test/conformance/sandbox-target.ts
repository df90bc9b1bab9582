import Stripe from "stripe";
import { createSandbox, type Sandbox } from "../../src/index.js";
import type { Target } from "./target.js";

/** Everything that went over the wire, as it was. */
export type Recording = { answers: { call: string; body: unknown }[]; events: unknown[] };

/** The sandbox in this process, and what it answers and sends. */
export function sandboxTarget(): Target & { sandbox: Sandbox; recording: Recording } {
  const recording: Recording = { answers: [], events: [] };
  const sandbox = createSandbox({
    webhooks: [
      {
        url: "http://app.example.com/hook",
        secret: "whsec_conformance",
        deliver: async (request) => {
          recording.events.push(await request.json());
          return new Response("ok");
        },
      },
    ],
  });

  const httpClient = Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const response = await sandbox.handler(request);
    const body: unknown = await response.clone().json();
    recording.answers.push({ call: `${request.method} ${new URL(request.url).pathname}`, body });
    return response;
  });
  const stripe = new Stripe(sandbox.secretKey, { httpClient, maxNetworkRetries: 0, telemetry: false });
  return {
    name: "the sandbox",
    sandbox,
    recording,
    stripe,
    stranger: new Stripe("nobody", { httpClient, maxNetworkRetries: 0, telemetry: false }),
    advance: async (clock, to) => {
      await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
      while ((await stripe.testHelpers.testClocks.retrieve(clock)).status === "advancing") {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
