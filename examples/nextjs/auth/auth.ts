import { betterAuth } from "better-auth";
import { nextCookies } from "better-auth/next-js";
import { PGliteDialect } from "kysely";
import { Pool } from "pg";
import { database } from "@/database/connection";

/** Sign-in with e-mail and password. Its tables are in the app's own database; BETTER_AUTH_SECRET signs its cookies. */
export const auth = betterAuth({
  database:
    database instanceof Pool
      ? database
      : { dialect: new PGliteDialect({ pglite: database }), type: "postgres" },
  emailAndPassword: { enabled: true },
  databaseHooks: {
    user: {
      create: {
        after: async ({ id, email, name }) => {
          // Imported when it is needed: PayKit's `identify` imports this file.
          const { paykit } = await import("@/billing/paykit");
          await paykit.upsertCustomer({ id, email, name });
        },
      },
    },
  },
  telemetry: { enabled: false },
  // The last plugin: it hands the cookies that the others set to Next's server actions.
  plugins: [nextCookies()],
});
