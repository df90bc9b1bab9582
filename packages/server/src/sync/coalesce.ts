/**
 * Lets calls with the same key share one run of `work`. A call that comes while a run is under way may have come too late
 * for it, so it waits for the next run, which all calls that came meanwhile share: any burst costs at most two runs.
 */
export function coalesce<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  const waiting = new Map<string, Promise<T>>();

  function start(key: string): Promise<T> {
    const run = work(key).finally(() => {
      if (running.get(key) === run) running.delete(key);
    });
    running.set(key, run);
    return run;
  }

  return (key) => {
    const current = running.get(key);
    if (current === undefined) return start(key);
    const next =
      waiting.get(key) ??
      current
        .catch(() => undefined)
        .then(() => {
          waiting.delete(key);
          return start(key);
        });
    waiting.set(key, next);
    return next;
  };
}
