/** The fields that hold instants, by the contract's way of naming them. */
type InstantKey = "at" | `${string}${"At" | "End" | "Start"}`;

/** What came over the wire, with its ISO 8601 strings as `Date`s. */
export type WithDates<T> = T extends object
  ? {
      [K in keyof T]: K extends InstantKey
        ? T[K] extends string | null
          ? Dated<T[K]>
          : T[K]
        : WithDates<T[K]>;
    }
  : T;

type Dated<T> = T extends string ? Date : T;

/** A copy of what came over the wire with its instants as `Date`s: `endsAt`, `currentPeriodEnd`, `trialStart`. */
export function withDates<T>(wire: T): WithDates<T> {
  return JSON.parse(JSON.stringify(wire), (key, value) =>
    typeof value === "string" && /(^at|At|End|Start)$/.test(key) ? new Date(value) : value,
  );
}
