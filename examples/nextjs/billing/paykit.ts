import { createPayKit } from "@paykit/server";
import { auth } from "@/auth/auth";
import { database } from "@/database/connection";
import { creditPack, free, pro, studio } from "./catalog";

export const paykit = createPayKit({
  products: [free, pro, studio, creditPack],
  database,
  stripe: {
    secretKey: process.env.STRIPE_SECRET_KEY,
    webhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
    apiUrl: process.env.STRIPE_API_URL,
  },
  identify: async (request) => {
    const session = await auth.api.getSession({ headers: request.headers });
    return session && { customerId: session.user.id, email: session.user.email, name: session.user.name };
  },
});
