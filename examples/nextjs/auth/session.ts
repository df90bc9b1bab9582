import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { auth } from "./auth";

/** The signed-in person, or null. Asked for any number of times, it is read once per request. */
export const getUser = cache(async () => {
  const session = await auth.api.getSession({ headers: await headers() });
  return session?.user ?? null;
});

/** The signed-in person; everybody else is sent to the sign-in page. */
export async function requireUser() {
  return (await getUser()) ?? redirect("/sign-in");
}
