export { type ConnectOptions, connect } from "./connect.js";
export type { Database, Orm } from "./database.js";
export { isUniqueViolation } from "./error.js";
export * as schema from "./schema/index.js";
