import { PayKitProvider } from "@paykit/react";
import { getPayKitState } from "@paykit/server/next";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { paykit } from "@/billing/paykit";
import { SiteHeader } from "@/components/site-header";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Wren, a plain-spoken editor", template: "%s · Wren" },
  description: "Wren takes the padding out of what you write.",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <PayKitProvider state={await getPayKitState(paykit)} signInUrl="/sign-up">
          <SiteHeader />
          <main>{children}</main>
        </PayKitProvider>
      </body>
    </html>
  );
}
