import { PayKitError } from "../contract/index.js";

/** Collects what is wrong with the catalog, so that all of it is reported at once. */
export class Faults {
  readonly #lines: string[] = [];

  /** `where` names the product and the field: `plan "pro", price[0].amount`. */
  add(where: string, what: string): void {
    this.#lines.push(`${where}: ${what}`);
  }

  throwIfAny(): void {
    if (this.#lines.length === 0) return;
    const count = this.#lines.length === 1 ? "a fault" : `${this.#lines.length} faults`;
    throw new PayKitError(
      "CATALOG_INVALID",
      `The products given to createPayKit have ${count}:\n${this.#lines.map((line) => `- ${line}`).join("\n")}`,
    );
  }
}
