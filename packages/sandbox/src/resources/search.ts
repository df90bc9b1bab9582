import { invalid } from "../wire/errors.js";
import { sortNewestFirst } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { parseSearch } from "../wire/search.js";
import type { Noun } from "../world/objects/index.js";
import { renderStored } from "../world/render.js";

/** The search route of a noun. Unlike Stripe's, it sees what was written a moment ago. */
export function search(noun: Noun, path: string, params: string, fields: readonly string[]): Route {
  return route<{ query: string; limit?: number; page?: string }>(
    ["GET", path],
    params,
    ({ world, params: { query, limit = 10, page } }) => {
      const matches = parseSearch(query, fields);
      const found = sortNewestFirst(world.list(noun)).filter((object) =>
        matches(renderStored(world, object)),
      );
      const start = page === undefined ? 0 : Number(Buffer.from(page, "base64url").toString());
      if (!Number.isInteger(start)) throw invalid("Invalid page token.", { param: "page" });
      const end = start + limit;
      const hasMore = end < found.length;
      return {
        object: "search_result",
        data: found.slice(start, end),
        has_more: hasMore,
        next_page: hasMore ? Buffer.from(String(end)).toString("base64url") : null,
        url: path,
      };
    },
  );
}
