import { betterAuth } from "better-auth";
import { nextCookies } from "better-auth/next-js";
import { organization } from "better-auth/plugins/organization";
import { PGliteDialect } from "kysely";
import { Pool } from "pg";
import { database } from "@/database/connection";

/** Sign-in with e-mail and password, and teams. The tables are in the app's own database. */
export const auth = betterAuth({
  database:
    database instanceof Pool
      ? database
      : { dialect: new PGliteDialect({ pglite: database }), type: "postgres" },
  emailAndPassword: { enabled: true },
  databaseHooks: {
    user: { create: { after: ({ id, email, name }) => addCustomer({ id, email, name }) } },
  },
  plugins: [
    organization({
      organizationHooks: {
        // The founder gets the team's receipts.
        afterCreateOrganization: ({ organization: { id, name }, user: { email } }) =>
          addCustomer({ id, name, email }),
      },
    }),
    // The last one: it hands the cookies that the others set to Next's server actions.
    nextCookies(),
  ],
});

/** People and teams are customers from the start, on the default plan. */
async function addCustomer(customer: { id: string; email: string; name: string }) {
  // Imported when it is needed: PayKit's `identify` imports this file.
  const { paykit } = await import("@/billing/paykit");
  await paykit.upsertCustomer(customer);
}
