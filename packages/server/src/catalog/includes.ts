import type { IncludeDeclaration, MeteredGrantOptions } from "./declare.js";
import type { Faults } from "./fault.js";
import type { Expires, Include } from "./model.js";
import { intervalUnits, toInterval } from "./prices.js";

export interface ToIncludeInput {
  include: IncludeDeclaration;
  where: string;
  faults: Faults;
}

/** Every way to write a grant of a feature as the one way that the rest of PayKit reads. */
export function toInclude({ include, where, faults }: ToIncludeInput): Include {
  const { featureId, type, options } = include;
  const base: Include = {
    featureId,
    type,
    quantity: 0,
    repeat: null,
    expires: "when-purchase-expires",
    unlimited: false,
  };
  const fault = (field: string, what: string) => faults.add(`${where}${field}`, what);
  if (type === "boolean") {
    if (options !== null) fault("", `"${featureId}" is boolean: it takes no quantity`);
    return base;
  }
  return { ...base, ...readMetered(options ?? {}, fault) };
}

/** The options of a caller whose compiler did not look. */
type LooseGrant = { [Field in KeysOfUnion<MeteredGrantOptions>]?: unknown };
type KeysOfUnion<T> = T extends unknown ? keyof T : never;
type Metered = Pick<Include, "quantity" | "repeat" | "expires" | "unlimited">;
type ReportFault = (field: string, what: string) => void;

const missingQuantity = "a metered feature needs `limit`, `quantity` or `unlimited: true`";
const expiries: readonly Expires[] = ["never", "when-purchase-expires", "when-repeated"];

function readMetered(options: LooseGrant, fault: ReportFault): Partial<Metered> {
  const given = (["limit", "quantity", "unlimited"] as const).filter((field) => options[field] !== undefined);
  const [kind] = given;
  if (kind === undefined) fault("", missingQuantity);
  if (given.length > 1)
    fault("", `takes one of ${given.map((field) => `\`${field}\``).join(" and ")}, not both`);
  if (kind === "quantity") {
    if (options.reset !== undefined)
      fault(".reset", "belongs to `limit`; with `quantity` write `repeat` and `expires`");
    return { quantity: readQuantity(options, "quantity", fault), ...readRepeat(options, fault) };
  }
  for (const field of ["repeat", "expires"] as const) {
    if (options[field] !== undefined) fault(`.${field}`, "belongs to `quantity`; with `limit` write `reset`");
  }
  const resets = readReset(options, fault);
  if (kind === "limit") return { quantity: readQuantity(options, "limit", fault), ...resets };
  if (kind === "unlimited" && options.unlimited !== true) fault(".unlimited", "can only be true");
  return { unlimited: true, ...resets };
}

function readQuantity(options: LooseGrant, field: "limit" | "quantity", fault: ReportFault): number {
  const quantity = options[field];
  if (typeof quantity === "number" && Number.isSafeInteger(quantity) && quantity >= 1) return quantity;
  fault(`.${field}`, `${String(quantity)} is not an integer from 1 to 2^53 - 1`);
  return 0;
}

function readReset({ reset }: LooseGrant, fault: ReportFault): Partial<Metered> {
  if (reset === undefined) return {};
  const repeat = toInterval(reset);
  if (repeat === null || Array.isArray(reset))
    fault(".reset", `has to be one of ${intervalUnits.join(", ")}`);
  return { repeat, expires: "when-repeated" };
}

function readRepeat(
  { repeat = "never", expires = "never" }: LooseGrant,
  fault: ReportFault,
): Partial<Metered> {
  const interval = repeat === "never" ? null : toInterval(repeat);
  if (repeat !== "never" && (interval === null || !Array.isArray(repeat))) {
    fault(".repeat", `has to be "never" or a pair such as [1, "month"]`);
  }
  if (!expiries.includes(expires as Expires)) fault(".expires", `has to be one of ${expiries.join(", ")}`);
  return { repeat: interval, expires: expires as Expires };
}
