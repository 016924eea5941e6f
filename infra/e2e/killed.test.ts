import { services as serviceNames, type ServiceName } from '@throughline/local/infrastructure';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { Programs } from './a-program.ts';
import { prepareProgram } from './administrator.ts';
import { settings } from './honest-answers.ts';
import { StepsInDoubt } from './steps-in-doubt.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';
import { expectTableInReadme } from './what-still-works.ts';
import { WorkingDay, type Trouble } from './working-day.ts';

describeKafka('a service whose program is killed or stands still', () => {
  const programs = new Programs();
  let system: StorySystem;
  let day: WorkingDay;
  let jonah: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem({
      launch: programs.launch,
      gateway: settings,
    });
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    jonah = await system.as('jonah');
    day = new WorkingDay({ maria: await system.as('maria'), amara: await system.as('amara') });
  });

  afterAll(() => system.close());

  const killed = (name: ServiceName): Trouble => ({
    name,
    codes: ['SUBGRAPH_UNAVAILABLE'],
    // An answer may break off half-way.
    codesOnTheWay: ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_BAD_ANSWER'],
    begin: () => programs.kill(name),
    end: async () => {
      await system.services[name].stop();
      await system.services[name].start();
    },
  });

  const paused = (name: ServiceName): Trouble => ({
    name,
    // What fails several times in a row is left alone, and then it is unavailable.
    codes: ['SUBGRAPH_TIMEOUT', 'SUBGRAPH_UNAVAILABLE'],
    begin: () => programs.pause(name),
    end: () => programs.resume(name),
  });

  describe.each(serviceNames)('%s', (name) => {
    it.each([
      ['stands still (SIGSTOP)', paused],
      ['is killed (SIGKILL)', killed],
    ])(
      '%s: the rest is answered, what is missing says why, and what was in doubt is done once',
      async (_what, trouble) => {
        const steps = await eventually(() => StepsInDoubt.prepare(jonah, name));
        await day.endure(trouble(name), [steps.take, steps.take, steps.take]);
        await steps.settle();
      },
    );
  });

  it('costs what the table in the README says (WRITE_TABLE=1 writes it)', () => {
    expectTableInReadme(day.verdicts);
  });
});
