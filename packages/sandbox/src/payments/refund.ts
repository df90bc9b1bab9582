import { invalid } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type { Charge } from "../world/objects/charge.js";
import type { Refund } from "../world/objects/refund.js";
import type { Metadata } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { recordBalance } from "./charge.js";
import { cardOf } from "./payment-method.js";

/** How long a refund of the cards that keep one waiting takes. */
const PENDING_SECONDS = 60;

/** Gives money back; without an amount, all that is left. @throws ApiError 400 for more than is left */
export function createRefund(
  world: World,
  chargeId: string,
  { amount, reason, metadata = {} }: { amount?: number; reason?: Refund["reason"]; metadata?: Metadata } = {},
): Refund {
  const charge = world.get("charge", chargeId);
  const refunded = requireRefundable(charge, amount);
  const card = cardOf(world.get("payment_method", charge.payment_method));
  const now = world.nowFor(charge.customer);
  const id = newId("refund");
  const intent = { currency: charge.currency, customer: charge.customer, description: "REFUND FOR CHARGE" };
  const refund = world.put<Refund>({
    id,
    object: "refund",
    amount: refunded,
    balance_transaction: recordBalance(world, { intent, source: id, amount: -refunded, type: "refund" }).id,
    charge: chargeId,
    created: now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      type: "card",
    },
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: card.refund === "pending" ? "pending" : "succeeded",
    transfer_reversal: null,
    hidden: {
      settlesAt: card.refund === undefined ? null : now + PENDING_SECONDS,
      willFail: card.refund === "fails",
    },
  });
  const total = charge.amount_refunded + refunded;
  const changed = world.change("charge", chargeId, {
    amount_refunded: total,
    refunded: total === charge.amount_captured,
  });
  world.emit("refund.created", refund);
  world.emit("charge.refunded", changed, {
    amount_refunded: charge.amount_refunded,
    ...(changed.refunded ? { refunded: false } : {}),
  });
  return refund;
}

/** A refund that was waiting goes through, or comes back. */
export function settleRefund(world: World, id: string): void {
  const { hidden } = world.get("refund", id);
  const settled = { ...hidden, settlesAt: null };
  if (!hidden.willFail) {
    world.track("refund", id, "refund.updated", () =>
      world.change("refund", id, { status: "succeeded", hidden: settled }),
    );
    return;
  }
  const refund = world.change("refund", id, { status: "failed", failure_reason: "unknown", hidden: settled });
  takeBack(world, refund);
  world.emit("refund.failed", refund);
}

export function cancelRefund(world: World, id: string): Refund {
  const refund = world.get("refund", id);
  if (refund.status !== "pending") throw invalid(`A ${refund.status} refund cannot be canceled.`);
  const canceled = world.change("refund", id, {
    status: "canceled",
    hidden: { ...refund.hidden, settlesAt: null },
  });
  takeBack(world, canceled);
  world.emit("refund.updated", canceled);
  return canceled;
}

function takeBack(world: World, { charge: id, amount }: Refund): void {
  const charge = world.get("charge", id);
  world.track("charge", id, "charge.updated", () =>
    world.change("charge", id, { amount_refunded: charge.amount_refunded - amount, refunded: false }),
  );
}

function requireRefundable(charge: Charge, amount: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded;
  if (!charge.paid || !charge.captured)
    throw invalid("This charge has not been captured, so there is nothing to refund.", {
      code: "charge_not_refundable",
    });
  if (charge.disputed)
    throw invalid(`The charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  if (left === 0)
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const wanted = amount ?? left;
  if (wanted <= 0)
    throw invalid("A refund must be for more than nothing.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  if (wanted > left)
    throw invalid(
      `Refund amount (${wanted}) is greater than the unrefunded amount on the charge (${left}).`,
      { param: "amount" },
    );
  return wanted;
}
