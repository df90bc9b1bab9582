import { Command } from "commander";
import { isPayKitError } from "../contract/index.js";
import { migrateDatabase } from "../index.js";

const program = new Command("paykit").description("Keeps the database of PayKit up to date.");

program
  .command("migrate")
  .description("Applies the pending migrations; run it in a deployment, before the app starts.")
  .option("--database <url>", "a Postgres URL; default: the environment variable DATABASE_URL")
  .action(async ({ database = process.env.DATABASE_URL }: { database?: string }) => {
    if (!database) fail("Say which database: set DATABASE_URL, or pass --database postgres://...");
    await migrateDatabase({ database });
    console.log("The database is up to date.");
  });

try {
  await program.parseAsync();
} catch (error) {
  fail(isPayKitError(error) ? `${error.code}: ${error.message}` : String(error));
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
