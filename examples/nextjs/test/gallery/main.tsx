import { createRoot, hydrateRoot } from "react-dom/client";
import { Gates } from "./gates.js";
import { Purchase } from "./purchase.js";
import { Readers } from "./readers.js";
import { Showcase } from "./showcase.js";
import type { StateName } from "./states.js";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root.");
const { pathname, searchParams } = new URL(location.href);
const page = pathname.split("/").at(-1);

if (page === "showcase") {
  const name = searchParams.get("state") as StateName;
  createRoot(root).render(<Showcase name={name} locale={searchParams.get("locale") ?? undefined} />);
}
if (page === "purchase") createRoot(root).render(<Purchase />);
if (page === "readers") createRoot(root).render(<Readers />);
if (page === "gates") {
  const state = document.getElementById("state")?.textContent;
  if (state) hydrateRoot(root, <Gates state={JSON.parse(state)} />);
  else createRoot(root).render(<Gates />);
}
