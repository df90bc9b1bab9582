import { PayKitProvider } from "@paykit/react";
import { arabic } from "@paykit/react/labels";
import type { ReactNode } from "react";

/** Below here everything reads from right to left, and PayKit's components speak Arabic. */
export default function ArabicLayout({ children }: { children: ReactNode }) {
  return (
    <div lang="ar" dir="rtl">
      <PayKitProvider locale="ar" labels={arabic}>
        {children}
      </PayKitProvider>
    </div>
  );
}
