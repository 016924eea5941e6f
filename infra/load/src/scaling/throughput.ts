import { Agent } from 'undici';
import { programNames, type ProgramName, type ScaledSystem } from './scaled-system.ts';

const CALLERS = 24;
const WARM_UP_MS = 4_000;
const MEASURE_MS = 10_000;

export interface Throughput {
  perSecond: number;
  failed: number;
  /** Processor seconds that each copy of a program used. */
  cpu: Record<ProgramName, number[]>;
  /** Requests for which one core of the program is enough in a second. */
  perCore: Record<ProgramName, number>;
}

export interface Asked {
  query: string;
  variables: Record<string, unknown>;
  token: string;
}

/** As many of these requests as two gateways and the running copies bear. */
export async function throughput(
  system: ScaledSystem,
  { query, variables, token }: Asked,
): Promise<Throughput> {
  const agent = new Agent({ connections: CALLERS });
  const gateways = system.gateways().map(({ staff }) => new URL(staff));
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ query, variables });
  const count = { answered: 0, failed: 0 };
  const askUntil = async (end: number, caller: number): Promise<void> => {
    for (let n = caller; performance.now() < end; n += 1) {
      const { origin, pathname: path } = gateways[n % gateways.length] ?? new URL('about:blank');
      const answer = await agent.request({ origin, path, method: 'POST', headers, body });
      const text = await answer.body.text();
      if (text.includes('"errors"') || answer.statusCode !== 200) count.failed += 1;
      else count.answered += 1;
    }
  };
  const allAskFor = (ms: number) =>
    Promise.all(Array.from({ length: CALLERS }, (_, n) => askUntil(performance.now() + ms, n)));

  await allAskFor(WARM_UP_MS);
  count.answered = 0;
  const before = await cpuOf(system);
  await allAskFor(MEASURE_MS);
  const after = await cpuOf(system);
  await agent.close();
  return {
    perSecond: (count.answered * 1_000) / MEASURE_MS,
    failed: count.failed,
    cpu: ofEach((name) => after[name].map((seconds, n) => seconds - (before[name][n] ?? 0))),
    perCore: ofEach((name) => count.answered / (sum(after[name]) - sum(before[name]))),
  };
}

async function cpuOf(system: ScaledSystem): Promise<Record<ProgramName, number[]>> {
  const told = await Promise.all(
    programNames.map((name) => Promise.all(system.metricsOf(name).map(cpuSeconds))),
  );
  return ofEach((name) => told[programNames.indexOf(name)] ?? []);
}

async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(url)).text();
  return Number(/^process_cpu_seconds_total\{[^}]*\} (\S+)/m.exec(text)?.[1]);
}

function ofEach<Value>(value: (name: ProgramName) => Value): Record<ProgramName, Value> {
  return Object.fromEntries(programNames.map((name) => [name, value(name)])) as Record<ProgramName, Value>;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
