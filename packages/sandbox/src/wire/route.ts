import type { World } from "../world/world.js";

/** A request to one route, checked. `id` is the first parameter of the path. */
export type Call<P> = {
  world: World;
  params: P;
  id: string;
  path: Readonly<Record<string, string>>;
  /** Does something once the answer is out, as advancing a test clock does. */
  later: (work: () => void) => void;
};

/** One line of the routing table: everything the sandbox answers is in it, and the README's list is made from it. */
export type Route = {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** What the route is about, in the words of the API: `customers`, `checkout/sessions`. */
  noun: string;
  /** The name of the parameter type that the request is checked against. */
  params: string;
  handle: (call: Call<unknown>) => unknown;
};

/**
 * Writes a route. `P` says which parameters the handler reads; that they are what it says is checked by the parameter
 * type of the same name.
 */
export function route<P>(
  [method, path]: [Route["method"], string],
  params: string,
  handle: (call: Call<P>) => unknown,
): Route {
  return { method, path, noun: nounOf(path), params, handle: handle as (call: Call<unknown>) => unknown };
}

const NAMESPACES = ["billing", "billing_portal", "checkout", "entitlements", "test_helpers"];

function nounOf(path: string): string {
  const [first = "", second = ""] = path.split("/").slice(2);
  return NAMESPACES.includes(first) ? `${first}/${second}` : first;
}
