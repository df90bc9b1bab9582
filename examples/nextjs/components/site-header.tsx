import Link from "next/link";
import { signOut } from "@/auth/actions";
import { getUser } from "@/auth/session";

/** The name of the place, where one can go, and who is signed in. */
export async function SiteHeader() {
  const user = await getUser();
  return (
    <header className="site-header">
      <Link href="/" className="wordmark">
        Wren
      </Link>
      <nav aria-label="Pages">
        {user && <Link href="/dashboard">Write</Link>}
        {user && <Link href="/billing">Billing</Link>}
        <Link href="/#pricing">Pricing</Link>
      </nav>
      {user ? (
        <form action={signOut} className="account">
          <span title={user.email}>{user.name}</span>
          <button type="submit" className="quiet">
            Sign out
          </button>
        </form>
      ) : (
        <div className="account">
          <Link href="/sign-in">Sign in</Link>
          <Link href="/sign-up" className="button">
            Start free
          </Link>
        </div>
      )}
    </header>
  );
}
