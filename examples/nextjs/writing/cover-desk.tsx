"use client";

import { CheckoutButton, Entitled, ItemBalance } from "@paykit/react";
import Image from "next/image";
import { useActionState } from "react";
import { makeCover } from "./cover-actions";
import { coverPrice } from "./cover-price";

/** A title goes in, a cover comes out, for credits. Without enough of them a button sells a pack. */
export function CoverDesk() {
  const [cover, make, isPending] = useActionState(makeCover, null);
  return (
    <>
      <p>
        <ItemBalance item="credits" /> credits left; a cover takes {coverPrice}.
      </p>
      <Entitled feature="credits" required={coverPrice} fallback={<CreditPack />}>
        <form action={make} className="stack">
          <label>
            Title
            <input name="title" required maxLength={80} defaultValue="On plain words" />
          </label>
          <button type="submit" disabled={isPending}>
            Make a cover
          </button>
        </form>
      </Entitled>
      <output>
        {cover && "image" in cover && (
          <Image
            unoptimized
            src={cover.image}
            alt={`Cover of ${cover.title}`}
            width={320}
            height={180}
            className="cover"
          />
        )}
        {cover && "problem" in cover && <span className="problem">{cover.problem}</span>}
      </output>
    </>
  );
}

function CreditPack() {
  return (
    <CheckoutButton productId="credit_pack" successUrl="/dashboard" cancelUrl="/dashboard">
      Buy 500 credits for $9.99
    </CheckoutButton>
  );
}
