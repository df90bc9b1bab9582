/**
 * Work that goes on after the answer: a serverless platform may stop the process then, unless Next is told to wait. Anywhere
 * else the process lives on by itself.
 */
export function keepNextAlive(work: Promise<void>): void {
  if (process.env.NEXT_RUNTIME === undefined) return;
  // Outside of a request, and in a Next that has no `after` yet, the work goes on as it can.
  void import("next/server.js").then(({ after }) => after(work)).catch(() => undefined);
}
