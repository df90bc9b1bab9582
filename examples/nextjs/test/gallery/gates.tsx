import { PayKitProvider, type PayKitProviderProps, useEntitlement, useItem } from "@paykit/react";

/** A page with 50 gates. With the state of a server-rendered page everything is known, else one request tells all of them. */
export function Gates({ state }: Pick<PayKitProviderProps, "state">) {
  return (
    <PayKitProvider state={state}>
      <main>
        {Array.from({ length: 25 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never move
          <Gate key={index} />
        ))}
      </main>
    </PayKitProvider>
  );
}

function Gate() {
  const messages = useEntitlement("messages");
  const credits = useItem("credits");
  return (
    <p>
      {messages.status} {messages.balance} {credits.item?.quantity}
    </p>
  );
}
