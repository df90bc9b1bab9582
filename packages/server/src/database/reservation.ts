import { and, eq } from "drizzle-orm";
import type { Orm } from "./database.js";
import { reservation } from "./schema/index.js";

export type ReservationRow = typeof reservation.$inferSelect;

export async function addReservation(tx: Orm, row: ReservationRow): Promise<void> {
  await tx.insert(reservation).values(row);
}

/** Locked for the rest of the transaction. */
export async function lockReservation(
  tx: Orm,
  { customerId, reservationId }: { customerId: string; reservationId: string },
): Promise<ReservationRow | null> {
  const [row] = await tx
    .select()
    .from(reservation)
    .where(isReservation({ customerId, reservationId }))
    .for("update");
  return row ?? null;
}

export async function closeReservation(
  tx: Orm,
  { status, ...id }: { customerId: string; reservationId: string; status: "confirmed" | "released" },
): Promise<void> {
  await tx.update(reservation).set({ status }).where(isReservation(id));
}

function isReservation({ customerId, reservationId }: { customerId: string; reservationId: string }) {
  return and(eq(reservation.customerId, customerId), eq(reservation.reservationId, reservationId));
}
