import { performance } from "node:perf_hooks";
import { serverCpuSeconds } from "./postgres.js";

export interface Subject {
  name: string;
  /** One call; `n` counts the calls of this subject from 0. */
  call: (n: number) => Promise<unknown>;
}

export interface Figures {
  /** The median, over the rounds, of the time of a call against that of the first subject in the same round. */
  ratio: number;
  opsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU time of one call: in this process and in the server's. */
  clientCpuUs: number;
  serverCpuUs: number | null;
}

export interface MeasureInput {
  subjects: readonly Subject[];
  inFlight: number;
  rounds: number;
  roundMs: number;
  /** The server's processes behind the pool. */
  pids: readonly number[];
}

/** Measures the subjects in turn, round after round, so that whatever else the machine does hits all of them. */
export async function measure(input: MeasureInput): Promise<Map<string, Figures>> {
  const runs = new Map<string, Run[]>(input.subjects.map(({ name }) => [name, []]));
  const counters = new Map<string, number>();
  for (let round = -1; round < input.rounds; round += 1) {
    for (const subject of input.subjects) {
      const run = await runRound(subject, input, counters);
      // The first round warms up: plans, caches, the JIT.
      if (round >= 0) runs.get(subject.name)?.push(run);
    }
  }
  const floor = [...runs.values()][0] ?? [];
  return new Map(
    [...runs].map(([name, list]) => [name, { ...summarize(list), ratio: ratioOf(list, floor) }]),
  );
}

function ratioOf(runs: readonly Run[], floor: readonly Run[]): number {
  const timePerCall = ({ seconds, latencies }: Run) => seconds / latencies.length;
  const ratios = runs.flatMap((run, round) => {
    const base = floor[round];
    return base === undefined ? [] : [timePerCall(run) / timePerCall(base)];
  });
  const sorted = ratios.sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
}

interface Run {
  seconds: number;
  latencies: number[];
  clientCpuUs: number;
  serverCpuUs: number | null;
}

async function runRound(
  subject: Subject,
  { inFlight, roundMs, pids }: MeasureInput,
  counters: Map<string, number>,
): Promise<Run> {
  let next = counters.get(subject.name) ?? 0;
  const latencies: number[] = [];
  const cpuBefore = process.cpuUsage();
  const serverBefore = await serverCpuSeconds(pids);
  const begin = performance.now();
  const end = begin + roundMs;
  const worker = async () => {
    for (let at = performance.now(); at < end; ) {
      await subject.call(next++);
      const done = performance.now();
      latencies.push(done - at);
      at = done;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - begin) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const serverAfter = await serverCpuSeconds(pids);
  counters.set(subject.name, next);
  return {
    seconds,
    latencies,
    clientCpuUs: cpu.user + cpu.system,
    serverCpuUs: serverBefore === null || serverAfter === null ? null : (serverAfter - serverBefore) * 1e6,
  };
}

function summarize(runs: readonly Run[]): Omit<Figures, "ratio"> {
  const latencies = runs.flatMap((run) => run.latencies).sort((a, b) => a - b);
  const count = latencies.length;
  const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
  const at = (share: number) => latencies[Math.min(count - 1, Math.floor(count * share))] ?? Number.NaN;
  const isKnown = runs.every((run) => run.serverCpuUs !== null);
  return {
    opsPerSecond: Math.round(count / sum((run) => run.seconds)),
    p50Ms: round(at(0.5)),
    p99Ms: round(at(0.99)),
    clientCpuUs: Math.round(sum((run) => run.clientCpuUs) / count),
    serverCpuUs: isKnown ? Math.round(sum((run) => run.serverCpuUs ?? 0) / count) : null,
  };
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
