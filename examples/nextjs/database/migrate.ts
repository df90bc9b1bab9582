import { getMigrations } from "better-auth/db/migration";
import { auth } from "@/auth/auth";
import { paykit } from "@/billing/paykit";

/** Brings the tables of sign-in and of billing up to date. With several servers, run it once, before they start. */
export async function migrateDatabase() {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  await paykit.migrate();
}
