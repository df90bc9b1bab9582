import type { Metadata } from "next";
import { headers } from "next/headers";
import { auth } from "@/auth/auth";
import { requireWorkspace } from "@/auth/workspace";
import { createTeam, invite } from "@/teams/actions";
import { TeamForm } from "@/teams/team-form";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage() {
  const { team } = await requireWorkspace();
  return (
    <>
      <h1>Teams</h1>
      {team && <CurrentTeam id={team.id} name={team.name} />}
      <section className="card" aria-labelledby="new-team">
        <h2 id="new-team">A new team</h2>
        <p>A team has a plan of its own, which all of its members use. Its admins pay for it.</p>
        <TeamForm action={createTeam} label="Create team">
          <label>
            Name of the team
            <input name="name" required maxLength={60} />
          </label>
        </TeamForm>
      </section>
    </>
  );
}

async function CurrentTeam({ id, name }: { id: string; name: string }) {
  const query = { organizationId: id };
  const { members } = await auth.api.listMembers({ query, headers: await headers() });
  return (
    <section className="card" aria-labelledby="current-team">
      <h2 id="current-team">{name}</h2>
      <ul>
        {members.map(({ id, role, user }) => (
          <li key={id}>
            {user.name}, {role}
          </li>
        ))}
      </ul>
      <TeamForm action={invite} label="Invite">
        <label>
          E-mail of a new member
          <input name="email" type="email" required />
        </label>
      </TeamForm>
    </section>
  );
}
