import type { Catalog } from "../catalog/model.js";
import type { Database } from "../database/index.js";

/** What an operation works with. */
export interface Context {
  database: Database;
  catalog: Catalog;
  /** Whether a customer's test clock, if there is one, is "now" in every rule about that customer. */
  usesTestClocks: boolean;
}
