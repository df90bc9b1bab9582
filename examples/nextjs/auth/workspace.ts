import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { auth } from "./auth";

/**
 * Who a request comes from and what they work in: a team of theirs, else their own space. The wanted team, or the one they
 * switched to last, counts only while they are a member. Null when nobody is signed in.
 */
export async function findWorkspace(headers: Headers, wantedId: string | null = null) {
  const session = await auth.api.getSession({ headers });
  if (!session) return null;
  const { user } = session;
  const teams = await auth.api.listOrganizations({ headers });
  const id = wantedId ?? session.session.activeOrganizationId;
  const team = teams.find((candidate) => candidate.id === id) ?? null;
  return { user, teams, team, customerId: team?.id ?? user.id };
}

/** The workspace of the page or action that is running. Asked for any number of times, it is read once per request. */
export const getWorkspace = cache(async () => findWorkspace(await headers()));

/** The same; whoever is not signed in is sent to do so. */
export async function requireWorkspace() {
  return (await getWorkspace()) ?? redirect("/sign-in");
}

/** Whether the person of a request may spend a workspace's money: their own, or a team's as one of its admins. */
export async function mayPayFor(customerId: string, headers: Headers) {
  const workspace = await findWorkspace(headers, customerId);
  if (workspace?.customerId !== customerId) return false;
  if (workspace.team === null) return true;
  const query = { organizationId: customerId };
  const { role } = await auth.api.getActiveMemberRole({ query, headers });
  return role === "owner" || role === "admin";
}
