import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";

declare global {
  var exampleDatabase: Pool | PGlite | undefined;
}

// Next loads modules more than once, and an embedded database may be opened only once.
globalThis.exampleDatabase ??= connect();

/**
 * The one database of the app, which sign-in and billing share: the PostgreSQL of DATABASE_URL, else one that is embedded
 * and keeps its files in DATABASE_FOLDER.
 */
export const database = globalThis.exampleDatabase;

function connect() {
  if (process.env.DATABASE_URL) return new Pool({ connectionString: process.env.DATABASE_URL });
  // The build imports this file from several processes at once, and a folder is for one.
  if (process.env.NEXT_PHASE === "phase-production-build") return new PGlite("memory://");
  const folder = process.env.DATABASE_FOLDER ?? ".paykit/database";
  mkdirSync(folder, { recursive: true });
  return new PGlite(folder);
}
