import { createPayKit } from "@paykit/server";
import { headers } from "next/headers";
import { findWorkspace, mayPayFor } from "@/auth/workspace";
import { database } from "@/database/connection";
import { isTimeTravelOn } from "@/time-travel/is-on";
import { creditPack, free, pro, studio } from "./catalog";

export const paykit = createPayKit({
  products: [free, pro, studio, creditPack],
  database,
  stripe: {
    secretKey: process.env.STRIPE_SECRET_KEY,
    webhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
    apiUrl: process.env.STRIPE_API_URL,
  },
  identify: async (request, { customerId }) => {
    const workspace = await findWorkspace(request.headers, customerId);
    if (!workspace) return null;
    const { user, team } = workspace;
    return team
      ? { customerId: team.id, name: team.name }
      : { customerId: user.id, email: user.email, name: user.name };
  },
  // Without a request it is a page or an action of ours that asks, and Next.js knows on whose behalf.
  authorize: async ({ customer, request }) => mayPayFor(customer.id, request?.headers ?? (await headers())),
  testing: { testClocks: isTimeTravelOn },
});

/** What people call each product. */
export const productNames = Object.fromEntries(paykit.products.map(({ id, name }) => [id, name]));

declare module "@paykit/react" {
  interface Register {
    paykit: typeof paykit;
  }
}
