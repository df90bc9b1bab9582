import { invalid, missingReference } from "../wire/errors.js";
import { type Route, route } from "../wire/route.js";
import { newId } from "../world/new-id.js";
import type { PortalFlow, PortalSession } from "../world/objects/portal.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";
import { defaultConfiguration, findConfiguration } from "./portal-configurations.js";

type FlowParams = {
  type: PortalFlow["type"];
  after_completion?: {
    type: PortalFlow["after_completion"]["type"];
    hosted_confirmation?: { custom_message?: string };
    redirect?: { return_url: string };
  };
  subscription_cancel?: {
    subscription: string;
    retention?: { type: "coupon_offer"; coupon_offer: { coupon: string } };
  };
  subscription_pause?: { subscription: string };
  subscription_update?: { subscription: string };
  subscription_update_confirm?: {
    subscription: string;
    items: { id: string; price?: string; quantity?: number }[];
    discounts?: { coupon?: string; promotion_code?: string }[];
  };
};

type SessionParams = {
  customer?: string;
  configuration?: string;
  return_url?: string;
  flow_data?: FlowParams;
  locale?: string;
};

export const portalSessions: readonly Route[] = [
  route<SessionParams>(
    ["POST", "/v1/billing_portal/sessions"],
    "BillingPortal.SessionCreateParams",
    ({ world, params }) => {
      const customer = requireCustomer(world, params.customer).id;
      const configuration =
        params.configuration === undefined
          ? defaultConfiguration(world)
          : findConfiguration(world, params.configuration);
      if (!configuration.active)
        throw invalid("The configuration is not active.", { param: "configuration" });
      const id = newId("billing_portal.session");
      const session = world.put<PortalSession>({
        id,
        object: "billing_portal.session",
        configuration: configuration.id,
        created: world.nowOn(null),
        customer,
        customer_account: null,
        flow: params.flow_data ? toFlow(world, customer, params.flow_data) : null,
        livemode: false,
        locale: params.locale ?? null,
        on_behalf_of: null,
        return_url: params.return_url ?? configuration.default_return_url,
        url: `${world.url}/p/session/${id}`,
      });
      world.emit("billing_portal.session.created", session);
      return session;
    },
  ),
];

function toFlow(world: World, customer: string, flow: FlowParams): PortalFlow {
  const {
    subscription_cancel: cancel,
    subscription_pause: pause,
    subscription_update: update,
    subscription_update_confirm: confirm,
  } = flow;
  for (const named of [cancel, pause, update, confirm])
    requireOwn(world, customer, named?.subscription, flow.type);
  if (confirm !== undefined && confirm.items.length !== 1) {
    throw invalid("A flow that confirms an update takes exactly one item.", {
      param: "flow_data[subscription_update_confirm][items]",
    });
  }
  const wants = flow.type.startsWith("subscription_") ? flow[flow.type as "subscription_cancel"] : {};
  if (wants === undefined) {
    throw invalid(`Missing required param: flow_data[${flow.type}].`, {
      code: "parameter_missing",
      param: `flow_data[${flow.type}]`,
    });
  }
  return {
    after_completion: {
      hosted_confirmation: flow.after_completion?.hosted_confirmation
        ? { custom_message: flow.after_completion.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: flow.after_completion?.redirect ?? null,
      type: flow.after_completion?.type ?? "portal_homepage",
    },
    customer_update: flow.type === "customer_update" ? {} : null,
    subscription_cancel: cancel
      ? { retention: cancel.retention ?? null, subscription: cancel.subscription }
      : null,
    subscription_pause: pause ?? null,
    subscription_update: update ?? null,
    subscription_update_confirm: confirm
      ? {
          discounts:
            confirm.discounts?.map(({ coupon, promotion_code }) => ({
              coupon: coupon ?? null,
              promotion_code: promotion_code ?? null,
            })) ?? null,
          items: confirm.items.map(({ id, price, quantity }) => ({
            id,
            price: price ?? null,
            ...(quantity === undefined ? {} : { quantity }),
          })),
          subscription: confirm.subscription,
        }
      : null,
    type: flow.type,
  };
}

function requireOwn(world: World, customer: string, subscription: string | undefined, type: string): void {
  if (subscription === undefined) return;
  if (world.find("subscription", subscription)?.customer !== customer) {
    throw missingReference("subscription", subscription, `flow_data[${type}][subscription]`);
  }
}
