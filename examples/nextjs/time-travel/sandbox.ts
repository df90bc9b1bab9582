const url = process.env.STRIPE_API_URL;

/** Whether a sandbox plays Stripe: only it can be told to misbehave. */
export const hasSandbox = Boolean(url);

/** Tells the sandbox how to behave, over the routes that Stripe does not have. */
export async function controlSandbox(path: string, body: unknown) {
  await request(`/_sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Stripe's id of a customer; null for one who has never bought. */
export async function findStripeCustomer(customerId: string): Promise<string | null> {
  const query = encodeURIComponent(`metadata['paykit_customer_id']:'${customerId}'`);
  const headers = { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` };
  const answer = await request(`/v1/customers/search?query=${query}`, { headers });
  const { data }: { data: { id: string }[] } = await answer.json();
  return data[0]?.id ?? null;
}

async function request(path: string, init: RequestInit) {
  const answer = await fetch(`${url}${path}`, init);
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}.`);
  return answer;
}
