import { PayKitProvider } from "@paykit/react";
import { getPayKitState } from "@paykit/server/next";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { paykit } from "@/billing/paykit";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { isTimeTravelOn } from "@/time-travel/is-on";
import { TimeTravelPanel } from "@/time-travel/panel";
import "@paykit/react/styles.css";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Wren, a plain-spoken editor", template: "%s · Wren" },
  description: "Wren takes the padding out of what you write.",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const state = await getPayKitState(paykit);
  return (
    <html lang="en">
      <body>
        <PayKitProvider state={state} signInUrl="/sign-up">
          <SiteHeader />
          <main>{children}</main>
          <SiteFooter />
          {isTimeTravelOn && state.customer && <TimeTravelPanel now={state.customer.now} />}
        </PayKitProvider>
      </body>
    </html>
  );
}
