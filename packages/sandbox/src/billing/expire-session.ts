import type { World } from "../world/world.js";

/** A checkout that nobody finished. */
export function expireSession(world: World, id: string): void {
  const session = world.get("checkout.session", id);
  const recovery = session.after_expiration?.recovery;
  const expired = world.change("checkout.session", id, {
    status: "expired",
    url: null,
    ...(recovery?.enabled
      ? {
          after_expiration: {
            recovery: {
              ...recovery,
              expires_at: session.expires_at + 30 * 86_400,
              url: `${world.url}/c/recover/${id}`,
            },
          },
        }
      : {}),
  });
  world.emit("checkout.session.expired", expired);
}
