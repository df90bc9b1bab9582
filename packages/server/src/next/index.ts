export { getPayKitState } from "./get-paykit-state.js";
export { toNextJsHandler } from "./to-next-js-handler.js";
