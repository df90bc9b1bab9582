import type { Route } from "../wire/route.js";

const BEGIN = "<!-- routes: begin -->";
const END = "<!-- routes: end -->";

/** The README with its list of routes made anew from the routing table. */
export function writeCoverage(readme: string, routes: readonly Route[]): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end === -1) throw new Error("the README has no place for its list of routes");
  return `${readme.slice(0, begin + BEGIN.length)}\n${listRoutes(routes)}\n${readme.slice(end)}`;
}

/** One row for each noun: its routes, in the order of the table. */
function listRoutes(routes: readonly Route[]): string {
  const nouns = [...new Set(routes.map(({ noun }) => noun))];
  const rows = nouns.map((noun) => {
    const own = routes.filter((route) => route.noun === noun);
    return `| ${noun} | ${own.map(({ method, path }) => `\`${method} ${path.replace("/v1", "")}\``).join("<br>")} |`;
  });
  return ["| noun | routes, under `/v1` |", "|---|---|", ...rows].join("\n");
}
