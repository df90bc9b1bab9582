import { connect } from "./database/index.js";
import type { PayKitOptions } from "./options.js";

/** Applies pending migrations, for a deployment step that knows nothing of the app but its database. */
export async function migrateDatabase({ database }: Pick<PayKitOptions, "database">): Promise<void> {
  const connection = connect({ database, migrates: false });
  try {
    await connection.migrate();
  } finally {
    await connection.close();
  }
}
