import { closeDispute, submitEvidence } from "../payments/dispute.js";
import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { Dispute } from "../world/objects/dispute.js";
import type { World } from "../world/world.js";

export const disputes: readonly Route[] = [
  route<PageParams & { charge?: string; created?: Range; payment_intent?: string }>(
    ["GET", "/v1/disputes"],
    "DisputeListParams",
    ({ world, params }) => {
      const found = world
        .list("dispute")
        .filter(createdWithin(params))
        .filter(having({ charge: params.charge, payment_intent: params.payment_intent }));
      return paginate(found, params, "/v1/disputes");
    },
  ),
  route(["GET", "/v1/disputes/:id"], "DisputeRetrieveParams", ({ world, id }) => findDispute(world, id)),
  route<{ evidence?: Record<string, unknown>; metadata?: MetadataChange; submit?: boolean }>(
    ["POST", "/v1/disputes/:id"],
    "DisputeUpdateParams",
    ({ world, id, params }) => {
      const before = findDispute(world, id);
      requireOpen(before);
      const given = Object.fromEntries(
        Object.entries(params.evidence ?? {}).map(([key, value]) => [key, value === "" ? null : value]),
      );
      const changed = world.change("dispute", id, {
        evidence: { ...before.evidence, ...given },
        evidence_details: {
          ...before.evidence_details,
          has_evidence: before.evidence_details.has_evidence || Object.keys(given).length > 0,
        },
        metadata: mergeMetadata(before.metadata, params.metadata),
      });
      return params.evidence !== undefined && (params.submit ?? true) ? submitEvidence(world, id) : changed;
    },
  ),
  route(["POST", "/v1/disputes/:id/close"], "DisputeCloseParams", ({ world, id }) => {
    const { status } = findDispute(world, id);
    requireOpen(findDispute(world, id));
    return closeDispute(world, id, status.startsWith("warning_") ? "warning_closed" : "lost");
  }),
];

function findDispute(world: World, id: string): Dispute {
  const dispute = world.find("dispute", id);
  if (dispute === undefined) throw missing("dispute", id, "dispute");
  return dispute;
}

function requireOpen({ status }: Dispute): void {
  if (status.endsWith("needs_response") || status.endsWith("under_review")) return;
  throw invalid("This dispute is already closed.");
}
