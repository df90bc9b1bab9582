#!/usr/bin/env node
/**
 * Writes the migrations: `drizzle-kit generate` compares the schema with the last migration, and the SQL is then copied
 * into a TypeScript module, because a bundler does not carry along files that only a path names.
 *
 * `--from-scratch` writes the one migration `0000_initial` anew. Only until the first release.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "src/database/migrations");
const fromScratch = process.argv.includes("--from-scratch");

if (fromScratch) rmSync(folder, { recursive: true, force: true });
const drizzleKit = join(dirname(createRequire(join(root, "package.json")).resolve("drizzle-kit")), "bin.cjs");
const name = fromScratch ? ["--name", "initial"] : [];
execFileSync(process.execPath, [drizzleKit, "generate", ...name], { cwd: root, stdio: "inherit" });

if (fromScratch) {
  // drizzle-kit knows tables only. A later change of a function is a migration of its own: `drizzle-kit generate --custom`.
  const functions = readFileSync(join(root, "src/database/functions.sql"), "utf8");
  appendFileSync(join(folder, "0000_initial.sql"), `--> statement-breakpoint\n${functions}`);
}

const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8"));
const migrations = journal.entries.map(({ tag }) => {
  const text = readFileSync(join(folder, `${tag}.sql`), "utf8");
  const statements = text.split("--> statement-breakpoint").map((statement) => statement.trim());
  return { tag, hash: createHash("sha256").update(text).digest("hex"), statements };
});
writeFileSync(
  join(root, "src/database/migrations.generated.ts"),
  `// Written by scripts/generate-migrations.mjs from the SQL files in migrations/.
import type { Migration } from "./migrate.js";

export const migrations: readonly Migration[] = ${JSON.stringify(migrations, null, 2)};
`,
);
