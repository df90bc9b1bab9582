import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Product } from "../../catalog/model.js";
import { instant } from "./columns.js";

/** What a product was when somebody bought it; `version` is the hash of its content. */
export const productVersion = pgTable(
  "paykit_product_version",
  {
    productId: text("product_id").notNull(),
    version: text("version").notNull(),
    definition: jsonb("definition").$type<Product>().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.productId, table.version] })],
);
