export { type BuildSnapshotInput, buildHoldings, buildSnapshot, toWireSnapshot } from "./build-snapshot.js";
export type { CustomerRecord, PurchaseRecord, SubscriptionRecord } from "./record.js";
