import type { World } from "../world/world.js";

export function scheduleChange(_world: World, _id: string, _change: { price?: string | undefined; quantity?: number | undefined }): void {}
