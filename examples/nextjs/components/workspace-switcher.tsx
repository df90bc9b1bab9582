import { switchWorkspace } from "@/teams/actions";

interface WorkspaceSwitcherProps {
  teams: readonly { id: string; name: string }[];
  currentId: string | null;
  personalName: string;
}

/** Chooses what to work in, and so who pays. It changes on the button, not while a keyboard walks through the list. */
export function WorkspaceSwitcher({ teams, currentId, personalName }: WorkspaceSwitcherProps) {
  return (
    <form action={switchWorkspace} className="switcher">
      <select name="team" aria-label="Workspace" defaultValue={currentId ?? ""} key={currentId}>
        <option value="">{personalName}</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" className="quiet">
        Switch
      </button>
    </form>
  );
}
