import type { z } from "zod";
import type { App, Caller, Identity } from "../operations/app.js";
import { welcomeCustomer } from "../operations/upsert-customer.js";
import { bodyKind, parseBody } from "./body.js";
import { type Identify, requireIdentity } from "./identity.js";
import { parseInput } from "./input.js";
import { ownOrigins } from "./origin.js";
import { type RedirectRules, toRedirectTarget } from "./redirect-target.js";

/** The fields of a command that name a place to go to afterwards. */
interface Targets {
  successUrl?: string | undefined;
  cancelUrl?: string | undefined;
  returnUrl?: string | undefined;
}

interface CommandFields extends Targets {
  customerId?: string | undefined;
}

export interface ReadCommandOptions<S extends z.ZodType<CommandFields>> {
  schema: S;
  app: App;
  identify: Identify | null;
}

/** A command that may be carried out: allowed fields only, in the name of the identified customer. */
export interface Command<Input> {
  input: Input & { customerId: string };
  caller: Caller;
}

/** Reads, checks and identifies a command of a browser's; the customer that `identify` vouched for is known afterwards. */
export async function readCommand<S extends z.ZodType<CommandFields>>(
  request: Request,
  { schema, app, identify }: ReadCommandOptions<S>,
): Promise<Command<z.output<S>>> {
  const kind = bodyKind(request);
  const fields = parseInput(schema, parseBody(await request.text(), kind));
  const origin = baseOrigin(request);
  const targets = checkTargets(fields, {
    ownOrigin: origin,
    trustedOrigins: [...ownOrigins(request), ...app.trustedOrigins],
  });
  const identity = await requireIdentity({ identify, request, claimedId: fields.customerId ?? null });
  await welcomeCustomer(app, toProfile(identity));
  return {
    input: { ...fields, ...targets, customerId: identity.customerId },
    caller: { isBrowser: true, origin, request, identity },
  };
}

/** Where our own paths live: where the page is, unless that is another, trusted site. */
function baseOrigin(request: Request): string {
  const own = ownOrigins(request);
  const origin = request.headers.get("origin");
  return own.find((one) => one === origin) ?? own[0] ?? new URL(request.url).origin;
}

function checkTargets({ successUrl, cancelUrl, returnUrl }: Targets, rules: RedirectRules): Targets {
  const given = Object.entries({ successUrl, cancelUrl, returnUrl });
  return Object.fromEntries(
    given.flatMap(([name, target]) =>
      target === undefined ? [] : [[name, toRedirectTarget(target, rules)]],
    ),
  );
}

/** What `identify` did not say stays as it is. */
function toProfile({ customerId, email, name }: Identity) {
  return {
    id: customerId,
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
  };
}
