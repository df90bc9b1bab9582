import { Hono } from "hono";
import type { Sandbox } from "../create-sandbox.js";
import type { Deliveries, WebhookFaults } from "../webhooks/deliveries.js";
import { isForeign } from "../wire/is-foreign.js";

/**
 * The sandbox's own routes, under `/_sandbox`: the faults and the clock for a program in another process. JSON in and out;
 * no key is asked for, since the listener is on this machine alone. A website that is open in a browser here is refused.
 */
export function createControl(sandbox: Sandbox, deliveries: Deliveries): Hono {
  const app = new Hono().basePath("/_sandbox");
  app.onError((error, context) => context.json({ error: { message: error.message } }, 400));
  app.use(async (context, next) => {
    if (isForeign(context.req.raw)) {
      return context.json({ error: { message: "This request was sent from another website." } }, 403);
    }
    return next();
  });
  app.get("/health", (context) => context.json({ ok: true, now: sandbox.clock.now().toISOString() }));
  app.get("/requests", (context) => context.json({ data: sandbox.requests }));
  app.get("/clock", (context) => context.json({ now: sandbox.clock.now().toISOString() }));
  app.post("/clock/advance", async (context) => {
    const { to, seconds } = await context.req.json<{ to?: string | number; seconds?: number }>();
    await sandbox.clock.advance(target(sandbox.clock.now(), { to, seconds }));
    return context.json({ now: sandbox.clock.now().toISOString() });
  });
  app.post("/faults/webhooks", async (context) => {
    sandbox.faults.webhooks(await context.req.json<WebhookFaults>());
    return context.json({ ok: true });
  });
  app.post("/faults/api", async (context) => {
    const fault = await context.req.json<ApiFaultRequest | null>();
    sandbox.faults.api(fault && toFault(fault));
    return context.json({ ok: true });
  });
  app.post("/faults/cards", async (context) => {
    const { customer, mode } = await context.req.json<{ customer: string; mode: "decline" | null }>();
    sandbox.faults.cards(customer, mode);
    return context.json({ ok: true });
  });
  app.get("/events/:id/deliveries", (context) =>
    context.json({ data: deliveries.of(context.req.param("id")) }),
  );
  app.post("/events/:id/deliver", async (context) => {
    await sandbox.deliver(context.req.param("id"));
    return context.json({ ok: true });
  });
  app.post("/settled", async (context) => {
    await sandbox.settled();
    return context.json({ ok: true });
  });
  app.post("/reset", (context) => {
    sandbox.reset();
    return context.json({ ok: true });
  });
  return app;
}

/** Over HTTP a fault names the requests it hits by method and by the beginning of their path. */
type ApiFaultRequest = {
  method?: string;
  path?: string;
  status?: number;
  delayMs?: number;
  times?: number;
  closeBeforeAnswer?: boolean;
};

function toFault({ method, path, ...fault }: ApiFaultRequest) {
  return {
    ...fault,
    match: (request: { method: string; path: string }) =>
      (method === undefined || request.method === method) &&
      (path === undefined || request.path.startsWith(path)),
  };
}

function target(
  now: Date,
  { to, seconds }: { to?: string | number | undefined; seconds?: number | undefined },
): Date {
  if (seconds !== undefined) return new Date(now.getTime() + seconds * 1_000);
  const at = new Date(typeof to === "number" ? to * 1_000 : (to ?? ""));
  if (Number.isNaN(at.getTime()))
    throw new Error("Say when to advance to: `to` (an ISO date or seconds since 1970) or `seconds`.");
  return at;
}
