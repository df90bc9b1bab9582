import type { Hono } from "hono";
import { routes } from "../contract/index.js";
import { createCheckoutUrl } from "../operations/create-checkout-url.js";
import { customerPortal } from "../operations/customer-portal.js";
import { getSnapshot } from "../operations/get-snapshot.js";
import { previewSubscribe } from "../operations/preview-subscribe.js";
import { subscribe } from "../operations/subscribe.js";
import { answerUrl, type Env } from "./answer.js";
import { isForm } from "./body.js";
import type { HandlerOptions } from "./create-handler.js";
import { checkoutInput, portalInput, subscribeInput } from "./input.js";
import { readCommand } from "./read-command.js";

/** The routes of `POST` that a browser may use, each in the name of the identified customer. */
export function addCommands(router: Hono<Env>, { app, identify }: HandlerOptions): void {
  router.post(routes.checkout, async (c) => {
    const { input, caller } = await readCommand(c.req.raw, { schema: checkoutInput, app, identify });
    return answerUrl(c, await createCheckoutUrl(app, input, caller));
  });
  router.post(routes.portal, async (c) => {
    const { input, caller } = await readCommand(c.req.raw, { schema: portalInput, app, identify });
    const { url } = await customerPortal(app, input, caller);
    return answerUrl(c, url);
  });
  router.post(routes.subscribe, async (c) => {
    const { input, caller } = await readCommand(c.req.raw, { schema: subscribeInput, app, identify });
    const result = await subscribe(app, input, caller);
    // A person without JavaScript goes on to where the payment is made or confirmed, or to where they wanted to be.
    if (isForm(c.req.raw)) {
      return answerUrl(c, result.paymentUrl ?? result.requiredAction?.url ?? input.successUrl ?? "/");
    }
    return c.json({ ...result, customer: await getSnapshot(app, { customerId: input.customerId }) });
  });
  router.post(routes.preview, async (c) => {
    const { input, caller } = await readCommand(c.req.raw, { schema: subscribeInput, app, identify });
    return c.json(await previewSubscribe(app, input, caller));
  });
}
