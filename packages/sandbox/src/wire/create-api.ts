import { Hono } from "hono";
import { newId } from "../world/new-id.js";
import { render, toExpansion } from "../world/render.js";
import { API_VERSION, type World } from "../world/world.js";
import { type ApiFaults, ConnectionLost } from "./api-faults.js";
import { checkParameters } from "./check-parameters.js";
import { decode, type RawParameters } from "./decode.js";
import { ApiError } from "./errors.js";
import type { IdempotencyKeys, StoredAnswer } from "./idempotency.js";
import { requireKey } from "./require-key.js";
import type { Route } from "./route.js";
import { watchReads } from "./watch-reads.js";

/** One request as the log keeps it, for a test to look at. */
export type RecordedRequest = {
  id: string;
  method: string;
  path: string;
  params: RawParameters;
  idempotencyKey: string | null;
  /** Parameters that the SDK knows and the sandbox took no notice of. */
  ignored: readonly string[];
  status: number;
  at: Date;
};

export type ApiOptions = {
  world: World;
  routes: readonly Route[];
  keys: IdempotencyKeys;
  faults: ApiFaults;
  /** The sandbox's clock, for the log. */
  now: () => Date;
  machine: () => Date;
  record: (request: RecordedRequest) => void;
  /** Runs before each request: what fell due meanwhile. */
  catchUp: () => void;
  /** Takes work that is to be done once an answer is out. */
  later: (work: () => void) => void;
};

type Exchange = {
  id: string;
  method: string;
  path: string;
  text: string;
  params: RawParameters;
  key: string | null;
  ignored: string[];
};

/** The API as a Hono app: `/v1/*`, by the routing table. Every failure is an `error` object. */
export function createApi(options: ApiOptions): Hono {
  const app = new Hono();
  for (const route of options.routes) {
    app.on(route.method, route.path, async (context) => {
      const exchange = await readExchange(context.req.raw);
      return answer(options, exchange, context.req.raw, () =>
        run(options, route, { exchange, path: context.req.param() }),
      );
    });
  }
  for (const rest of ["/v1/*", "/v2/*"]) {
    app.all(rest, async (context) => {
      const exchange = await readExchange(context.req.raw);
      return answer(options, exchange, context.req.raw, () => {
        throw unrecognized(exchange.method, exchange.path);
      });
    });
  }
  return app;
}

async function readExchange(request: Request): Promise<Exchange> {
  const url = new URL(request.url);
  const hasBody = request.method !== "GET" && request.method !== "DELETE";
  const text = hasBody ? await request.text() : url.search.slice(1);
  return {
    id: newId("request"),
    method: request.method,
    path: url.pathname,
    text,
    params: decode(text),
    key: request.method === "POST" ? request.headers.get("idempotency-key") : null,
    ignored: [],
  };
}

async function answer(
  options: ApiOptions,
  exchange: Exchange,
  request: Request,
  work: () => { status: number; body: string },
): Promise<Response> {
  const response = await respond(options, exchange, request, work);
  options.record({
    id: exchange.id,
    method: exchange.method,
    path: exchange.path,
    params: exchange.params,
    idempotencyKey: exchange.key,
    ignored: exchange.ignored,
    status: response.status,
    at: options.now(),
  });
  if (options.faults.losesAnswer(exchange)) throw new ConnectionLost();
  return response;
}

async function respond(
  { keys, faults, machine, catchUp }: ApiOptions,
  exchange: Exchange,
  request: Request,
  work: () => { status: number; body: string },
): Promise<Response> {
  let isBegun = false;
  try {
    requireKey(request);
    const fault = faults.next(exchange);
    if (exchange.key !== null) {
      const known = keys.begin(
        exchange.key,
        { method: exchange.method, path: exchange.path, body: exchange.text },
        machine().getTime(),
      );
      if (known !== null) return toResponse(known, exchange, { "idempotent-replayed": "true" });
      isBegun = true;
    }
    await fault.before();
    catchUp();
    const answer: StoredAnswer = { ...work(), requestId: exchange.id };
    if (exchange.key !== null) keys.finish(exchange.key, answer);
    return toResponse(answer, exchange);
  } catch (error) {
    return failed(error, { keys, exchange, isBegun });
  }
}

function failed(
  error: unknown,
  { keys, exchange, isBegun }: { keys: IdempotencyKeys; exchange: Exchange; isBegun: boolean },
): Response {
  if (!(error instanceof ApiError)) console.error(error);
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, {
          type: "api_error",
          message: "The sandbox failed at this request; its log says how.",
        });
  const answer = {
    status: known.status,
    body: JSON.stringify(known.toJson(), null, 2),
    requestId: exchange.id,
  };
  if (exchange.key !== null && isBegun) {
    // A card that was refused is an outcome, and is given again; a request that was at fault may be put right.
    if (known.status === 402 || known.status >= 500) keys.finish(exchange.key, answer);
    else keys.forget(exchange.key);
  }
  return toResponse(answer, exchange, known.options.headers);
}

function run(
  { world, later }: ApiOptions,
  { params: name, handle }: Route,
  { exchange, path }: { exchange: Exchange; path: Record<string, string> },
): { status: number; body: string } {
  const params = checkParameters(name, exchange.params);
  const expansion = toExpansion((params.expand as string[] | undefined) ?? []);
  const { watched, unread } = watchReads(params);
  const after: (() => void)[] = [];
  world.request = { id: exchange.id, idempotencyKey: exchange.key };
  try {
    const body = world.transact(() => {
      const result = handle({
        world,
        params: watched,
        id: Object.values(path)[0] ?? "",
        path,
        later: (work) => after.push(work),
      });
      return JSON.stringify(render(world, result, expansion), null, 2);
    });
    for (const work of after) later(work);
    exchange.ignored.push(...unread());
    return { status: 200, body };
  } finally {
    world.request = null;
  }
}

function toResponse(
  answer: StoredAnswer,
  exchange: Exchange,
  extra: Readonly<Record<string, string>> = {},
): Response {
  return new Response(answer.body, {
    status: answer.status,
    headers: {
      "content-type": "application/json",
      "request-id": answer.requestId,
      "stripe-version": API_VERSION,
      ...(exchange.key === null ? {} : { "idempotency-key": exchange.key }),
      ...(exchange.ignored.length === 0 ? {} : { "sandbox-ignored-parameters": exchange.ignored.join(", ") }),
      ...extra,
    },
  });
}

function unrecognized(method: string, path: string): ApiError {
  return new ApiError(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}). The sandbox does not cover this route.`,
  });
}
