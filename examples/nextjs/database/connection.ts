import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";

declare global {
  var exampleDatabase: Pool | PGlite | undefined;
}

/**
 * The one database of the app, which sign-in and billing share: the PostgreSQL of DATABASE_URL, else one that is embedded
 * and keeps its files in DATABASE_FOLDER. Next loads modules more than once, so it lives on `globalThis`.
 */
export const database = (globalThis.exampleDatabase ??= connect());

function connect() {
  if (process.env.DATABASE_URL) return new Pool({ connectionString: process.env.DATABASE_URL });
  // The build imports this file from several processes at once, and a folder is for one.
  if (process.env.NEXT_PHASE === "phase-production-build") return new PGlite("memory://");
  return new PGlite(process.env.DATABASE_FOLDER ?? ".paykit/database");
}
