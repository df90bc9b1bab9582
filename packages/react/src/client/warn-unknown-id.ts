const warned = new Set<string>();

/** In development: says once that an id is not in the catalog, and which one may have been meant. */
export function warnUnknownId(kind: "feature" | "plan", id: string, known: readonly string[]) {
  if (known.length === 0 || warned.has(kind + id)) return;
  warned.add(kind + id);
  const nearest = known.toSorted((a, b) => distance(a, id) - distance(b, id))[0];
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  console.warn(`PayKit: the catalog has no ${kind} "${id}".${hint}`);
}

/** How many letters to change, add or leave out to get from one word to the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
