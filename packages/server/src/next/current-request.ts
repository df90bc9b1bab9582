import { headers } from "next/headers.js";

/** The request that a server component or server action answers, as far as Next tells: its origin and headers. */
export async function currentRequest(): Promise<Request> {
  const incoming = await headers();
  const host = incoming.get("x-forwarded-host") ?? incoming.get("host") ?? "localhost";
  const protocol = incoming.get("x-forwarded-proto")?.split(",")[0] ?? "http";
  return new Request(`${protocol}://${host.split(",")[0]}/`, { headers: new Headers(incoming) });
}
