/**
 * Watches which parameters a handler reads. What it never looked at was accepted, since Stripe knows it, but has done
 * nothing: the answer says so, so that nobody takes silence for support.
 */
export function watchReads(params: Record<string, unknown>): {
  watched: Record<string, unknown>;
  unread: () => string[];
} {
  const read = new Set<string | symbol>(["expand"]);
  const watched = new Proxy(params, {
    get: (target, key) => {
      read.add(key);
      return Reflect.get(target, key);
    },
  });
  return { watched, unread: () => Object.keys(params).filter((key) => !read.has(key)) };
}
