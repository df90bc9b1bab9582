import { readFileSync } from "node:fs";
import pg from "pg";
import { createPayKit } from "../src/index.js";
import { shopProducts } from "./paykit.js";

/** What the parent process tells: where everything is, and after how many steps to die. */
export interface CrashOrder {
  database: string;
  apiUrl: string;
  webhookSecret: string;
  body: string;
  signature: string;
  /** The number of queries and requests that are let through; then the process is killed. */
  steps: number;
}

const order = JSON.parse(readFileSync(0, "utf8")) as CrashOrder;
let left = order.steps;

/** Dies as a machine does: nothing is closed, rolled back or written any more. */
function step(): void {
  if (left === 0) process.kill(process.pid, "SIGKILL");
  left -= 1;
}

class MortalClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg's own method are passed through
  override query(...args: any[]): any {
    step();
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (super.query as any)(...args);
  }
}

const paykit = createPayKit({
  products: shopProducts,
  database: new pg.Pool({ connectionString: order.database, Client: MortalClient }),
  stripe: {
    secretKey: "sk_test_sandbox",
    webhookSecret: order.webhookSecret,
    apiUrl: order.apiUrl,
    fetch: (input, init) => {
      step();
      return fetch(input, init);
    },
  },
  on: { "*": async ({ type, id }) => void console.log(`${type} ${id}`) },
});
const response = await paykit.handler(
  new Request("https://app.example.com/api/paykit/webhook", {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": order.signature },
    body: order.body,
  }),
);
process.exit(response.status === 200 ? 0 : 1);
