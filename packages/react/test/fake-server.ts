import {
  type ErrorCode,
  errorStatus,
  type Invoice,
  type InvoicesAnswer,
  type PreviewAnswer,
  type PublicProduct,
  type WireSnapshot,
} from "@paykit/server/contract";

export interface SeenRequest {
  method: string;
  path: string;
  search: URLSearchParams;
  body: Record<string, unknown>;
}

interface Call {
  viewerId: string | null;
  asked: string;
  body: SeenRequest["body"];
  search: URLSearchParams;
}

/**
 * The handler's wire contract, in memory, at the boundary of `fetch`: who is signed in, what each customer has, and every
 * request that was made.
 */
export class FakeServer {
  /** Who the cookie says is signed in. */
  viewerId: string | null = "user_a";
  /** Customers by id; whoever is in here may be asked for by the viewer, as with teams. */
  readonly customers = new Map<string, WireSnapshot>();
  products: PublicProduct[] = [];
  readonly requests: SeenRequest[] = [];
  refuseProducts = false;
  /** Set to make every request fail without an answer, as when the network is down. */
  isDown = false;
  /** What commands answer with, beside the customer, by path. */
  readonly answers: Record<string, (body: SeenRequest["body"]) => object> = {
    "/checkout": ({ productId }) => ({ url: `https://checkout.test/${productId}` }),
    "/portal": () => ({ url: "https://portal.test/" }),
    "/subscribe": () => ({ paymentUrl: null, invoice: null, requiredAction: null }),
  };
  preview: PreviewAnswer | null = null;
  /** The pages of `GET /invoices`. */
  invoicePages: Invoice<string>[][] = [[]];
  /** Set to answer commands with this error. */
  refusal: ErrorCode | null = null;
  private gate: Promise<void> = Promise.resolve();
  private openGate: () => void = () => {};

  constructor(...customers: WireSnapshot[]) {
    for (const customer of customers) this.customers.set(customer.customerId, customer);
  }

  /** From now on requests are answered only when what this returns is called, as they were when they were made. */
  close(): () => void {
    this.gate = new Promise((resolve) => {
      this.openGate = resolve;
    });
    return this.openGate;
  }

  /** Lets waiting requests through, and those that come. */
  open() {
    this.openGate();
    this.gate = Promise.resolve();
  }

  put(customer: WireSnapshot) {
    this.customers.set(customer.customerId, customer);
  }

  /** The requests to one path. */
  to(path: string): SeenRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), "https://app.test");
    const body = init.body === undefined ? {} : JSON.parse(String(init.body));
    const path = url.pathname.replace("/api/paykit", "");
    this.requests.push({ method: init.method ?? "GET", path, search: url.searchParams, body });
    const { viewerId, gate, isDown } = this;
    const asked = url.searchParams.get("customerId") ?? body.customerId ?? viewerId;
    const answer = this.answer(path, { viewerId, asked, body, search: url.searchParams });
    await gate;
    if (isDown) throw new TypeError("fetch failed");
    return answer;
  };

  private answer(path: string, { viewerId, asked, body, search }: Call) {
    if (path === "/products" && this.refuseProducts) return refuse("INPUT_INVALID");
    if (path === "/products") return Response.json({ products: this.products });
    if (viewerId === null) return refuse("UNAUTHENTICATED");
    const customer = this.customers.get(asked);
    if (customer === undefined) return refuse("CUSTOMER_ID_MISMATCH");
    if (path === "/customer") return Response.json(customer);
    if (path === "/invoices") return this.answerInvoices(search);
    if (this.refusal !== null) return refuse(this.refusal);
    if (path === "/subscribe/preview") return Response.json(this.preview);
    const answer = this.answers[path];
    if (answer === undefined) return refuse("ROUTE_UNKNOWN");
    const fields = answer(body);
    return Response.json({ ...fields, customer: this.customers.get(asked) });
  }

  private answerInvoices(search: URLSearchParams) {
    const page = Number(search.get("cursor") ?? 0);
    const hasMore = page + 1 < this.invoicePages.length;
    const cursor = hasMore ? String(page + 1) : null;
    return Response.json({ invoices: this.invoicePages[page] ?? [], cursor } satisfies InvoicesAnswer);
  }
}

function refuse(code: ErrorCode): Response {
  const error = { code, message: `The fake server says ${code}.`, requestId: "req_1" };
  return Response.json({ error }, { status: errorStatus[code] });
}
