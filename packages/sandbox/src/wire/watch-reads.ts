type Field = { holder: object; key: string; value: unknown; path: string; parent: string };

/**
 * Watches which parameters a handler reads, at any depth. What it never looked at was accepted, since Stripe knows it, but
 * has done nothing: the answer says so, so that nobody takes silence for support. A hash of which nothing at all was read
 * was passed on whole, and counts as read; so does a `type`, which only says what is beside it.
 */
export function watchReads(params: Readonly<Record<string, unknown>>): {
  watched: Record<string, unknown>;
  /** Ends the watch and names what was not read, as `items[0][price]`; the parameters are plain values from then on. */
  unread: () => string[];
} {
  const read = new Set(["expand"]);
  const opened = new Set([""]);
  const fields: Field[] = [];
  const watch = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((one, index) => watch(one, `${path}[${index}]`));
    return typeof value === "object" && value !== null ? watchHash(value, path) : value;
  };
  const watchHash = (hash: object, parent: string): Record<string, unknown> => {
    const holder = {};
    for (const [key, inner] of Object.entries(hash)) {
      const path = parent === "" ? key : `${parent}[${key}]`;
      const value = watch(inner, path);
      const get = () => {
        read.add(path);
        opened.add(parent);
        return value;
      };
      Object.defineProperty(holder, key, { configurable: true, enumerable: true, get });
      fields.push({ holder, key, value, path, parent });
    }
    return holder;
  };
  return {
    watched: watchHash(params, ""),
    unread: () => {
      for (const { holder, key, value } of fields)
        Object.defineProperty(holder, key, { configurable: true, enumerable: true, value, writable: true });
      return fields
        .filter(({ path, parent, key }) => opened.has(parent) && !read.has(path) && key !== "type")
        .map(({ path }) => path);
    },
  };
}
