import type { Metadata } from "next";
import { requireWorkspace } from "@/auth/workspace";
import { joinTeam } from "@/teams/actions";
import { TeamForm } from "@/teams/team-form";

export const metadata: Metadata = { title: "Join a team" };

export default async function JoinPage({ params }: { params: Promise<{ invitation: string }> }) {
  await requireWorkspace();
  const { invitation } = await params;
  return (
    <section className="narrow">
      <h1>You are invited</h1>
      <TeamForm action={joinTeam} label="Join the team">
        <input type="hidden" name="invitation" value={invitation} />
      </TeamForm>
    </section>
  );
}
