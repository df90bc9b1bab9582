export { getPayKitState } from "./get-paykit-state.js";
export { toNextJsHandler } from "./to-next-js-handler.js";
export { type ActionOptions, withEntitlement } from "./with-entitlement.js";
