"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { attempt } from "@/auth/attempt";
import { auth } from "@/auth/auth";

/** A sentence about what went wrong, or the link to hand to the person who was invited. */
export interface TeamState {
  problem?: string;
  link?: string;
}

/** Founds a team and switches to it. */
export async function createTeam(_: TeamState, form: FormData): Promise<TeamState> {
  const name = String(form.get("name") ?? "").trim();
  const slug = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${crypto.randomUUID().slice(0, 8)}`;
  const problem = await attempt(async () =>
    auth.api.createOrganization({ body: { name, slug }, headers: await headers() }),
  );
  return problem === null ? enter() : { problem };
}

/** Works in another team from now on; without one, in the person's own space. */
export async function switchWorkspace(form: FormData) {
  const organizationId = String(form.get("team") ?? "") || null;
  await auth.api.setActiveOrganization({ body: { organizationId }, headers: await headers() });
  enter();
}

/** Invites somebody to the current team. A product would send the link by e-mail. */
export async function invite(_: TeamState, form: FormData): Promise<TeamState> {
  const email = String(form.get("email") ?? "");
  let link = "";
  const problem = await attempt(async () => {
    const body = { email, role: "member" as const };
    const { id } = await auth.api.createInvitation({ body, headers: await headers() });
    link = `/teams/join/${id}`;
  });
  return problem === null ? { link } : { problem };
}

/** Takes the invitation up and switches to its team. */
export async function joinTeam(_: TeamState, form: FormData): Promise<TeamState> {
  const invitationId = String(form.get("invitation") ?? "");
  const problem = await attempt(async () =>
    auth.api.acceptInvitation({ body: { invitationId }, headers: await headers() }),
  );
  return problem === null ? enter() : { problem };
}

/** To the dashboard of the workspace that was just chosen; the layout, which knows who pays, is rendered anew too. */
function enter(): never {
  revalidatePath("/", "layout");
  redirect("/dashboard");
}
