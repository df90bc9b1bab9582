import { headers } from "next/headers";
import { auth } from "@/auth/auth";

/** A whole page load follows, so that nothing of the person who leaves stays in the browser's memory. */
export async function POST() {
  await auth.api.signOut({ headers: await headers() });
  return new Response(null, { status: 303, headers: { location: "/" } });
}
