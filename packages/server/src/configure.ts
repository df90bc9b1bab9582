import { defaultBasePath, PayKitError } from "./contract/index.js";
import type { PayKitOptions } from "./options.js";
import { isLiveKey } from "./stripe/client.js";

/** What the environment says; read once, when the app is made. */
export interface Environment {
  isProduction: boolean;
  /** The app is being built and not served: settings of the machine it will run on may be missing. */
  isBuild: boolean;
}

export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  return {
    isProduction: env.NODE_ENV === "production",
    isBuild: env.NEXT_PHASE === "phase-production-build",
  };
}

/** Throws CONFIG_INVALID, with every fault at once, for options that could only fail later. */
export function checkOptions(options: PayKitOptions, { isProduction, isBuild }: Environment): void {
  const faults = [
    ...(isProduction && !isBuild ? missing(options) : []),
    ...checkStripe(options),
    ...checkPaths(options),
  ];
  if (faults.length === 0) return;
  throw new PayKitError("CONFIG_INVALID", `createPayKit:\n${faults.map((fault) => `- ${fault}`).join("\n")}`);
}

function missing({ stripe, database }: PayKitOptions): string[] {
  return [
    ...(stripe?.secretKey
      ? []
      : ["stripe.secretKey is required in production; the sandbox is for development"]),
    ...(database ? [] : ["database is required in production: a Postgres URL, a pg.Pool or a PGlite"]),
  ];
}

function checkStripe({ stripe, testing }: PayKitOptions): string[] {
  const secretKey = stripe?.secretKey ?? "";
  return [
    ...(secretKey !== "" && !stripe?.webhookSecret
      ? ["stripe.webhookSecret is missing: it is shown where the webhook endpoint was added, whsec_..."]
      : []),
    ...(testing?.testClocks && isLiveKey(secretKey) ? ["testing.testClocks is not for a live key"] : []),
    ...(stripe?.apiUrl && !isHttpUrl(stripe.apiUrl) ? ["stripe.apiUrl is not an http or https URL"] : []),
  ];
}

function checkPaths({
  basePath = defaultBasePath,
  trustedOrigins = [],
  dunningDays = 7,
}: PayKitOptions): string[] {
  return [
    ...(/^(\/[\w-]+)+$/.test(basePath)
      ? []
      : [`basePath ${JSON.stringify(basePath)} is not a path like /api/paykit`]),
    ...trustedOrigins.flatMap((origin) =>
      isHttpUrl(origin) && new URL(origin).origin === origin
        ? []
        : [`trustedOrigins: ${JSON.stringify(origin)} is not an origin like https://app.example.com`],
    ),
    ...(Number.isFinite(dunningDays) && dunningDays >= 0 ? [] : ["dunningDays is not a number of days"]),
  ];
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
