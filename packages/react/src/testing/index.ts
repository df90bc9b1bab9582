export { createTestSnapshot, type TestCustomer, type TestFeature } from "./create-snapshot.js";
export type { TestCommand } from "./create-test-fetch.js";
export { PayKitTestProvider, type PayKitTestProviderProps } from "./paykit-test-provider.js";
