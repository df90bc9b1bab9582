import { createHmac } from "node:crypto";

/** The `Stripe-Signature` of a body: HMAC SHA-256 over `t.body` with the whole secret, `whsec_` included. */
export function sign(body: string, { secret, at }: { secret: string; at: Date }): string {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return `t=${timestamp},v1=${signature}`;
}
