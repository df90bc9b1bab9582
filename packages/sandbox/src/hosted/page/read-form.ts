import type { Context } from "hono";

/** The fields of a form as trimmed text; a field that was not sent is empty. */
export type Form = { get(name: string): string; entries(): [string, string][] };

/** Reads a posted form, urlencoded or multipart. Files are no part of any form here. */
export async function readForm(context: Context): Promise<Form> {
  const fields = Object.entries(await context.req.parseBody()).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value.trim()]] : [],
  );
  const byName = new Map(fields);
  return { get: (name) => byName.get(name) ?? "", entries: () => fields };
}
