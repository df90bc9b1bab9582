import { toNextJsHandler } from "@paykit/server/next";
import { paykit } from "@/billing/paykit";

export const { GET, POST } = toNextJsHandler(paykit);
