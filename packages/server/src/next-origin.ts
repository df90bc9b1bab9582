/**
 * Where the page lives whose server action or server component is running, so that `successUrl: "/billing"` works there
 * too; null anywhere else. The headers are those of the person's own request, who is the one to be sent back.
 */
export async function readNextOrigin(): Promise<string | null> {
  if (process.env.NEXT_RUNTIME === undefined) return null;
  try {
    const { headers } = await import("next/headers.js");
    const incoming = await headers();
    const host = first(incoming.get("x-forwarded-host")) ?? incoming.get("host");
    const protocol = first(incoming.get("x-forwarded-proto")) ?? "http";
    return host === null ? null : new URL(`${protocol}://${host}`).origin;
  } catch {
    // Outside of a request, and where Next itself is not installed.
    return null;
  }
}

function first(list: string | null): string | null {
  return list?.split(",")[0]?.trim() || null;
}
