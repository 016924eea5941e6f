import type { ServiceName } from '@throughline/local/infrastructure';
import { eventually, type GraphQLClient } from '@throughline/testing';
import {
  prepareWorld,
  readings,
  writings,
  type Crew,
  type Reading,
  type World,
  type Writing,
} from './daily-work.ts';
import { expectHonestErrors, verdictOn, type Answer, type Away } from './honest-answers.ts';
import { strikeUnderLoad, type Caller } from './under-load.ts';
import type { Verdicts } from './what-still-works.ts';

const callersAtOnce = 3;

/** What befalls a service, and how it comes back. */
export interface Trouble extends Away {
  /** Of requests that are on their way at that moment; the same as later when left out. */
  codesOnTheWay?: readonly string[];
  begin: () => Promise<void> | void;
  end: () => Promise<void> | void;
}

/** People at work while one service after the other is away; throws when they are told anything that is not honest. */
export class WorkingDay {
  readonly verdicts: Verdicts = new Map(
    [...readings, ...writings].map(({ title }) => [title, new Map<string, string>()]),
  );
  readonly #crew: Crew;

  constructor(crew: Crew) {
    this.#crew = crew;
  }

  /** With every service there, all of it works. */
  async goWell(): Promise<void> {
    const world = await prepareWorld(this.#crew);
    await this.#wholeAnswers(world);
    for (const writing of writings) {
      const verdict = await this.#write(writing, world, { name: 'clients', codes: [] });
      expect({ title: writing.title, verdict }).toEqual({ title: writing.title, verdict: 'yes' });
    }
  }

  /** The trouble begins while everybody, and who else calls, waits for an answer; at its end all is as before. */
  async endure(trouble: Trouble, others: readonly Caller[] = []): Promise<void> {
    const world = await eventually(() => prepareWorld(this.#crew), { timeoutMs: 60_000, everyMs: 500 });
    const whole = await this.#wholeAnswers(world);
    const { name, codes, codesOnTheWay = codes } = trouble;
    const readers = readings.map((reading): Caller => async () => {
      const answer = await this.#read(reading, world);
      return (may) => {
        verdictOn(answer, whole.get(reading) ?? null, { name, codes: may });
        return answer.errors.length;
      };
    });
    try {
      const callers = [...Array.from({ length: callersAtOnce }, () => readers).flat(), ...others];
      await strikeUnderLoad(callers, { strike: trouble.begin, codes: codesOnTheWay });
      for (let round = 0; round < 2; round += 1) await this.#readWithout(trouble, world, whole);
      for (const writing of writings) this.#note(writing, name, await this.#write(writing, world, trouble));
    } finally {
      await trouble.end();
    }
    await eventually(() => this.#readAll(world), { timeoutMs: 60_000 });
  }

  async #readWithout(away: Away, world: World, whole: Map<Reading, Answer['data']>): Promise<void> {
    const crowd = Array.from({ length: callersAtOnce }, () => readings).flat();
    const answers = await Promise.all(
      crowd.map(async (reading) => ({ reading, answer: await this.#read(reading, world) })),
    );
    for (const { reading, answer } of answers)
      this.#note(reading, away.name, verdictOn(answer, whole.get(reading) ?? null, away));
  }

  #read(reading: Reading, world: World): Promise<Answer> {
    return this.#crew[reading.who](reading.query, reading.variables(world));
  }

  async #readAll(world: World): Promise<Answer['data'][]> {
    const answers = await Promise.all(readings.map((reading) => this.#read(reading, world)));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    return answers.map(({ data }) => data);
  }

  /** What everybody sees when all is well: several times the same, so that no fact is still on its way. */
  async #wholeAnswers(world: World): Promise<Map<Reading, Answer['data']>> {
    const rounds: Answer['data'][][] = [];
    await eventually(
      async () => {
        rounds.push(await this.#readAll(world));
        const [now, before, first] = rounds.slice(-3).toReversed();
        expect([before, first]).toEqual([now, now]);
      },
      { timeoutMs: 60_000, everyMs: 600 },
    );
    return new Map(readings.map((reading, index) => [reading, rounds.at(-1)?.[index] ?? null]));
  }

  async #write(writing: Writing, world: World, away: Away): Promise<string> {
    const heard: Answer[] = [];
    const recording = (async (query: string, variables?: Record<string, unknown>) => {
      const answer = await this.#crew[writing.who](query, variables);
      heard.push(answer);
      return answer;
    }) as GraphQLClient;
    await writing.write(recording, world).catch(() => undefined);
    for (const answer of heard) expectHonestErrors(answer, away);
    const last = heard.at(-1);
    if (last?.errors.length) return 'no';
    const [outcome] = Object.values(last?.data ?? {}) as { __typename: string }[];
    return outcome?.__typename === writing.done ? 'yes' : `no: \`${String(outcome?.__typename)}\``;
  }

  /** However a service is away, it costs the same. */
  #note({ title }: { title: string }, name: ServiceName, verdict: string): void {
    const known = this.verdicts.get(title)?.get(name) ?? verdict;
    expect({ title, name, verdict }).toEqual({ title, name, verdict: known });
    this.verdicts.get(title)?.set(name, verdict);
  }
}
