import type { ErrorBody, Invoice, PublicProduct, WireSnapshot } from "@paykit/server/contract";

/** What a component sent: `POST /checkout`, `/subscribe`, `/subscribe/preview` or `/portal`. */
export interface TestCommand {
  path: string;
  body: Record<string, unknown>;
}

export interface TestAnswers {
  snapshot: WireSnapshot | null;
  products: PublicProduct[];
  invoices: Invoice<string>[];
  /** Answers a command. Default: a URL that leads nowhere, and no change. */
  onCommand: ((command: TestCommand) => unknown) | undefined;
}

const nowhere = { url: "#", paymentUrl: null, invoice: null, requiredAction: null };

/** A `fetch` that answers from plain data, as the handler would. */
export function createTestFetch(answers: TestAnswers): typeof globalThis.fetch {
  const { snapshot, products, invoices, onCommand } = answers;
  return async (input, init) => {
    const { pathname } = new URL(String(input), "http://localhost");
    if (pathname.endsWith("/products")) return Response.json({ products });
    if (snapshot === null) return unauthenticated();
    if (pathname.endsWith("/customer")) return Response.json(snapshot);
    if (pathname.endsWith("/invoices")) return Response.json({ invoices, cursor: null });
    const path = pathname.slice(pathname.lastIndexOf("/"));
    const body = JSON.parse(String(init?.body ?? "{}"));
    return Response.json((await onCommand?.({ path, body })) ?? { ...nowhere, customer: snapshot });
  };
}

function unauthenticated(): Response {
  const error = { code: "UNAUTHENTICATED", message: "Nobody is signed in.", requestId: "test" } as const;
  return Response.json({ error } satisfies ErrorBody, { status: 401 });
}
