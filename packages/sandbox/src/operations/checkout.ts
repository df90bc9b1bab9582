import { totalSession } from "../billing/checkout-order.js";
import { recoverSession } from "../billing/recover-session.js";
import type { CheckoutOperations } from "../world/hosted/checkout.js";
import type { World } from "../world/world.js";
import { answerStep, viewChallenge } from "./challenge.js";
import { applyPromotionCode, changeQuantity } from "./change-order.js";
import { viewCheckout } from "./checkout-view.js";
import { payCheckout } from "./pay-checkout.js";

/** The hosted checkout's side of `HostedOperations`. */
export function checkoutOperations(world: World): CheckoutOperations {
  return {
    get: (id) => {
      const session = world.find("checkout.session", id);
      return session === undefined ? null : viewCheckout(world, session);
    },
    recover: (id) => world.transact(() => recoverSession(world, id)?.id ?? null),
    changeQuantity: (id, change) => world.transact(() => changeQuantity(world, id, change)),
    applyPromotionCode: (id, code) => world.transact(() => applyPromotionCode(world, id, code)),
    removePromotionCode: (id) => {
      world.transact(() => {
        if (world.find("checkout.session", id)?.allow_promotion_codes !== true) return;
        world.change("checkout.session", id, { discounts: [] });
        totalSession(world, id);
      });
    },
    pay: (id, payment) => world.transact(() => payCheckout(world, id, payment)),
    challenge: (id) => viewChallenge(world, id),
    answerChallenge: (id, passed) => world.transact(() => answerStep(world, id, passed)),
  };
}
