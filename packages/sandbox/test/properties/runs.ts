const wanted = process.env.PROPERTY_RUNS;

/**
 * The same 25 lives each time, so that a build is repeatable; `PROPERTY_RUNS=500` searches as many new ones, and tells the
 * seed of what it finds.
 */
export const runs = wanted === undefined ? { numRuns: 25, seed: 20_270_131 } : { numRuns: Number(wanted) };
