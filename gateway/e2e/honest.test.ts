import { services as serviceNames, type ServiceName } from '@throughline/local/infrastructure';
import { describeKafka, eventually, type GraphQLAnswer, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { Proxy, type Condition } from './a-proxy.ts';
import { prepareProgram } from './administrator.ts';
import {
  prepareWorld,
  readings,
  writings,
  type Crew,
  type Reading,
  type World,
  type Writing,
} from './daily-work.ts';
import { explains, fieldAt, isWithheld, lackOf } from './missing.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';
import { tableInReadme, tableOf, writeIntoReadme, type Verdicts } from './what-still-works.ts';

const timeoutMs = 4_000;
/** A request may wait for several calls one after the other, on a busy machine; without time-outs it never ends. */
const longestMs = 4 * timeoutMs;
const callersAtOnce = 3;
const insides = /localhost|127\.0\.0\.1|10\.0\.0\.7|::1|ECONN|https?:|:\d{4}|undici|html|at .+\.ts/i;

const codes: Record<Exclude<Condition, 'well'>, string[]> = {
  // What fails several times in a row is left alone, and then it is unavailable.
  dead: ['SUBGRAPH_UNAVAILABLE'],
  silent: ['SUBGRAPH_TIMEOUT', 'SUBGRAPH_UNAVAILABLE'],
  corrupt: ['SUBGRAPH_BAD_ANSWER', 'SUBGRAPH_UNAVAILABLE'],
};

type Answer = GraphQLAnswer<Record<string, unknown>>;

describeKafka('a service that is away', () => {
  const proxies = new Map<ServiceName, Proxy>();
  const verdicts: Verdicts = new Map(
    [...readings, ...writings].map(({ title }) => [title, new Map<string, string>()]),
  );
  let system: StorySystem;
  let crew: Crew;

  beforeAll(async () => {
    system = await startStorySystem({
      between: async (name, url) => {
        const proxy = await Proxy.before(url);
        proxies.set(name, proxy);
        return proxy.url;
      },
      gateway: { SUBGRAPH_TIMEOUT_MS: timeoutMs, SUBGRAPH_BREAKER_OPEN_MS: 500 },
    });
    await importDirectory(system.databases.referrals.appUrl);
    await prepareProgram(await system.as('ruth'));
    crew = { maria: await system.as('maria'), amara: await system.as('amara') };
  }, 60_000);

  afterAll(async () => {
    for (const proxy of proxies.values()) await proxy.become('well');
    await system.close();
    for (const proxy of proxies.values()) await proxy.close();
  });

  const read = async ({ who, query, variables }: Reading, world: World): Promise<Answer & { ms: number }> => {
    const began = performance.now();
    const answer = await crew[who](query, variables(world));
    return { ...answer, ms: performance.now() - began };
  };

  const readAll = async (world: World): Promise<Answer['data'][]> => {
    const answers = await Promise.all(readings.map((reading) => read(reading, world)));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    return answers.map(({ data }) => data);
  };

  /** What everybody sees when all is well: several times the same, so that no fact is still on its way. */
  const wholeAnswers = async (world: World): Promise<Map<Reading, Answer['data']>> => {
    const rounds: Answer['data'][][] = [];
    await eventually(
      async () => {
        rounds.push(await readAll(world));
        const [now, before, first] = rounds.slice(-3).toReversed();
        expect([before, first]).toEqual([now, now]);
      },
      { timeoutMs: 60_000, everyMs: 600 },
    );
    return new Map(readings.map((reading, index) => [reading, rounds.at(-1)?.[index] ?? null]));
  };

  /** What is answered while the service is away; throws when anything about it is not honest. */
  const judge = (
    whole: Answer['data'],
    answer: Answer & { ms: number },
    away: ServiceName,
    expected: string[],
  ) => {
    expect(answer.status).toBe(200);
    expect(answer.ms).toBeLessThan(longestMs);
    expect(JSON.stringify(answer.errors)).not.toMatch(insides);
    for (const { path, extensions } of answer.errors) {
      expect(extensions).toEqual({
        code: expect.any(String) as string,
        serviceName: away,
        requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      });
      expect(expected).toContain(extensions?.code);
      expect(path).toEqual(expect.any(Array));
    }
    const { missing, changed } = lackOf(whole, answer.data);
    expect(changed).toEqual([]);
    const unexplained = missing.filter(
      (place) => !answer.errors.some((error) => explains(error, place)) && !isWithheld(answer.data, place),
    );
    expect(unexplained).toEqual([]);
    return missing.some((place) => place.length <= 1) ? 'no' : verdictOf(missing.map(fieldAt));
  };

  const write = async (
    { who, done, write }: Writing,
    world: World,
    away: ServiceName,
    expected: string[],
  ) => {
    const heard: Answer[] = [];
    const recording = (async (query: string, variables?: Record<string, unknown>) => {
      const answer = await crew[who](query, variables);
      heard.push(answer);
      return answer;
    }) as GraphQLClient;
    await write(recording, world).catch(() => undefined);
    const last = heard.at(-1);
    expect(JSON.stringify(last)).not.toMatch(insides);
    if (last?.errors.length) {
      for (const { extensions } of last.errors) expect(extensions).toMatchObject({ serviceName: away });
      for (const { extensions } of last.errors) expect(expected).toContain(extensions?.code);
      return 'no';
    }
    const [outcome] = Object.values(last?.data ?? {}) as { __typename: string }[];
    return outcome?.__typename === done ? 'yes' : `no: \`${String(outcome?.__typename)}\``;
  };

  it('does not hinder what does not need it: with all of them there, all of this works', async () => {
    const world = await prepareWorld(crew);
    await wholeAnswers(world);
    for (const writing of writings)
      expect({ [writing.title]: await write(writing, world, 'clients', []) }).toEqual({
        [writing.title]: 'yes',
      });
  }, 90_000);

  const away = serviceNames.flatMap((name) =>
    (['dead', 'silent', 'corrupt'] as const).map((condition): [ServiceName, keyof typeof codes] => [
      name,
      condition,
    ]),
  );

  it.each(away)(
    '%s is %s: the rest is answered, and what is missing says why',
    async (name, condition) => {
      const world = await eventually(() => prepareWorld(crew), { timeoutMs: 30_000, everyMs: 500 });
      const whole = await wholeAnswers(world);
      await proxies.get(name)?.become(condition);
      try {
        const crowd = Array.from({ length: callersAtOnce }, () => readings).flat();
        for (let round = 0; round < 2; round += 1) {
          const answers = await Promise.all(
            crowd.map(async (reading) => ({ reading, answer: await read(reading, world) })),
          );
          for (const { reading, answer } of answers) {
            const verdict = judge(whole.get(reading) ?? null, answer, name, codes[condition]);
            note(reading.title, name, verdict);
          }
        }
        for (const writing of writings)
          note(writing.title, name, await write(writing, world, name, codes[condition]));
      } finally {
        await proxies.get(name)?.become('well');
      }
      await eventually(() => readAll(world), { timeoutMs: 60_000 });
    },
    180_000,
  );

  /** Dead, silent and corrupt cost the same. */
  const note = (title: string, name: ServiceName, verdict: string): void => {
    const known = verdicts.get(title)?.get(name) ?? verdict;
    expect({ title, name, verdict }).toEqual({ title, name, verdict: known });
    verdicts.get(title)?.set(name, verdict);
  };

  it('the table in the README says what was seen (WRITE_TABLE=1 writes it)', () => {
    const table = tableOf(verdicts);
    if (process.env.WRITE_TABLE) writeIntoReadme(table);
    expect(tableInReadme()).toBe(table);
  });
});

function verdictOf(fields: readonly string[]): string {
  const lost = [...new Set(fields)].map((field) => field.split('.').slice(1).join('.')).sort();
  return lost.length === 0 ? 'yes' : `without ${lost.map((field) => `\`${field}\``).join(', ')}`;
}
