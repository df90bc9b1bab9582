import type { PayKitError, PreviewAnswer, SubscribeBody } from "@paykit/server/contract";
import { queryOptions } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { customerKey } from "../client/keys.js";
import { type Loose, request } from "../client/request.js";
import { readPolicy } from "./policy.js";

/** What `subscribe` would do and cost, now. Never kept: a proration changes by the second. */
export function previewOptions(connection: Connection, body: Loose<SubscribeBody>) {
  return queryOptions<PreviewAnswer, PayKitError>({
    ...readPolicy,
    staleTime: 0,
    gcTime: 0,
    queryKey: customerKey(connection, "preview", body),
    queryFn: () => request<PreviewAnswer>(connection, { path: "/subscribe/preview", body }),
  });
}
