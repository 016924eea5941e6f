import { services as serviceNames, type ServiceName } from '@throughline/local/infrastructure';
import { describeKafka } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { Proxy, type Condition } from './a-proxy.ts';
import { prepareProgram } from './administrator.ts';
import { settings } from './honest-answers.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';
import { expectTableInReadme } from './what-still-works.ts';
import { WorkingDay } from './working-day.ts';

const codes: Record<Exclude<Condition, 'well' | 'dead'>, string[]> = {
  // What fails several times in a row is left alone, and then it is unavailable.
  'half-open': ['SUBGRAPH_TIMEOUT', 'SUBGRAPH_UNAVAILABLE'],
  corrupt: ['SUBGRAPH_BAD_ANSWER', 'SUBGRAPH_UNAVAILABLE'],
};

describeKafka('a service behind a network that fails', () => {
  const proxies = new Map<ServiceName, Proxy>();
  let system: StorySystem;
  let day: WorkingDay;

  beforeAll(async () => {
    system = await startStorySystem({
      between: async (name, url) => {
        const proxy = await Proxy.before(url);
        proxies.set(name, proxy);
        return proxy.url;
      },
      gateway: settings,
    });
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    day = new WorkingDay({ maria: await system.as('maria'), amara: await system.as('amara') });
  });

  afterAll(async () => {
    for (const proxy of proxies.values()) await proxy.become('well');
    await system.close();
    for (const proxy of proxies.values()) await proxy.close();
  });

  it('does not hinder what does not need it: with all of them there, all of this works', () => day.goWell());

  const away = serviceNames.flatMap((name) =>
    (['half-open', 'corrupt'] as const).map((condition): [ServiceName, keyof typeof codes] => [
      name,
      condition,
    ]),
  );

  it.each(away)('%s is %s: the rest is answered, and what is missing says why', (name, condition) =>
    day.endure({
      name,
      codes: codes[condition],
      begin: () => proxies.get(name)?.become(condition),
      end: () => proxies.get(name)?.become('well'),
    }),
  );

  it('the table in the README says what was seen (WRITE_TABLE=1 writes it)', () => {
    expectTableInReadme(day.verdicts);
  });
});
