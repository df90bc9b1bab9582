import Link from "next/link";
import { getWorkspace } from "@/auth/workspace";
import { WorkspaceSwitcher } from "./workspace-switcher";

/** The name of the place, where one can go, and who is signed in. */
export async function SiteHeader() {
  const workspace = await getWorkspace();
  return (
    <header className="site-header">
      <Link href="/" className="wordmark">
        Wren
      </Link>
      <nav aria-label="Pages">
        {workspace && <Link href="/dashboard">Write</Link>}
        {workspace && <Link href="/billing">Billing</Link>}
        {workspace && <Link href="/teams">Teams</Link>}
        <Link href="/#pricing">Pricing</Link>
      </nav>
      {workspace ? <Account {...workspace} /> : <Welcome />}
    </header>
  );
}

type Workspace = NonNullable<Awaited<ReturnType<typeof getWorkspace>>>;

function Account({ user, teams, team }: Workspace) {
  return (
    <div className="account">
      {teams.length > 0 ? (
        <WorkspaceSwitcher teams={teams} currentId={team?.id ?? null} personalName={user.name} />
      ) : (
        <span title={user.email}>{user.name}</span>
      )}
      <form method="post" action="/sign-out">
        <button type="submit" className="quiet">
          Sign out
        </button>
      </form>
    </div>
  );
}

function Welcome() {
  return (
    <div className="account">
      <Link href="/sign-in">Sign in</Link>
      <Link href="/sign-up" className="button">
        Start free
      </Link>
    </div>
  );
}
