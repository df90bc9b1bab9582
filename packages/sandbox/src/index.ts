export {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxState,
  type WebhookTarget,
} from "./create-sandbox.js";
export { customRetries, type DunningPolicy, SMART_RETRIES } from "./engine/dunning.js";
export { type StartedSandbox, type StartOptions, startSandbox } from "./start-sandbox.js";
export type { WebhookFaults } from "./webhooks/deliveries.js";
export type { ApiFault } from "./wire/api-faults.js";
export type { RecordedRequest } from "./wire/create-api.js";
export type { Settings } from "./world/settings.js";
