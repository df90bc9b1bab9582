/** An object as the API answers it. */
export type ApiObject = Readonly<Record<string, unknown>> & { readonly object: string };

export type DeliveryView = {
  url: string;
  state: "waiting" | "delivered" | "failed" | "dropped";
  attempts: { at: Date; status: number | null; error: string | null }[];
  nextAttemptAt: Date | null;
};

export type EventView = {
  event: ApiObject & { id: string; type: string; created: number };
  deliveries: DeliveryView[];
};

export type AdvanceStep = "day" | "week" | "month" | "next_renewal";

export interface DashboardOperations {
  /** The newest objects of a kind, by their API name: `customer`, `subscription`, `invoice`, `payment_intent`, ... */
  list(object: string, options?: { limit?: number }): ApiObject[];
  get(object: string, id: string): ApiObject | null;
  events(options?: { limit?: number }): EventView[];
  /** Sends the event again to every endpoint, and resolves when all have answered. */
  replay(eventId: string): Promise<void>;
  clock: {
    now(): Date;
    /** When the next subscription renews or a trial ends; null when none will. */
    nextRenewalAt(): Date | null;
    advance(step: AdvanceStep): Promise<void>;
  };
}
