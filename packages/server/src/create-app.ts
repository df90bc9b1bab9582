import { createCatalog } from "./catalog/index.js";
import type { Environment } from "./configure.js";
import { defaultBasePath } from "./contract/index.js";
import { connect } from "./database/index.js";
import { keepNextAlive } from "./next-alive.js";
import { readNextOrigin } from "./next-origin.js";
import { createGateway } from "./open-gateway.js";
import type { App } from "./operations/app.js";
import type { PayKitOptions } from "./options.js";
import type { SyncContext } from "./sync/context.js";
import { createSync } from "./sync/sync-customer.js";
import { hasListener, tellListeners } from "./tell-listeners.js";

export interface CreateAppInput {
  options: PayKitOptions;
  environment: Environment;
  /** The app's own handler, for a sandbox that delivers without a port. */
  handler: () => (request: Request) => Promise<Response>;
}

/** Everything the operations work with, from what the app declared. */
export function createApp({ options, environment, handler }: CreateAppInput): App {
  const { on = {}, basePath = defaultBasePath } = options;
  const context: SyncContext = {
    catalog: createCatalog(options.products),
    database: connect({ database: options.database || undefined, migrates: !environment.isProduction }),
    gateway: createGateway({ options, basePath, handler }),
    dunningDays: options.dunningDays ?? 7,
    usesTestClocks: options.testing?.testClocks ?? false,
    log: options.log ?? console,
    listensTo: (type) => hasListener(on, type),
  };
  return {
    ...context,
    basePath,
    trustedOrigins: options.trustedOrigins ?? [],
    authorize: options.authorize ?? null,
    currentOrigin: readNextOrigin,
    sync: createSync(context),
    keepAlive: keepNextAlive,
    tell: tellListeners(context, on),
  };
}
