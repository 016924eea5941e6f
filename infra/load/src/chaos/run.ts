import { randomBytes, randomUUID } from 'node:crypto';
import { isKept, judgePromises, type PromiseJudgement } from './aftercare/judge-promises.ts';
import { createTreatmentStore, readPromises } from './aftercare/treatment-store.ts';
import { Crew } from './crew.ts';
import type { Ground } from './ground.ts';
import { judge, verdictOf, type Judgement, type Verdict } from './judge.ts';
import { Nemesis, type Done } from './nemesis.ts';
import type { Profile } from './profile.ts';
import { scheduleOf } from './schedule.ts';
import {
  ask,
  consumers,
  countEffects,
  countTruth,
  createStore,
  readEffects,
  readFacts,
  type Store,
} from './truth.ts';
import { WITHOUT_NUMBERS } from './wrong/unlocked-append.ts';

export interface Outcome {
  seed: number;
  judgement: Judgement;
  /** Of the obligations; undefined in a run without keepers. */
  kept: PromiseJudgement | undefined;
  verdict: Verdict;
  /** Duplicates that the inbox kept from having an effect; those that a killed process had not told yet are missing. */
  suppressed: number;
  sent: number;
  /** Processes that ended although nobody killed them. */
  crashes: number;
  done: Done[];
  effectTimes: number[];
  writingMs: number;
  drainMs: number;
}

/** One run from empty databases to the judgement. */
export async function run(ground: Ground, profile: Profile, seed: number, logFile: string): Promise<Outcome> {
  const [sender, hearer] = [
    await createStore(ground.directUrl, 'sender'),
    await createStore(ground.directUrl, 'hearer'),
  ];
  const treatment = profile.crew.keeper ? await createTreatmentStore(ground.directUrl) : undefined;
  if (profile.wrong === 'no-key-lock') await ask(sender.directUrl, WITHOUT_NUMBERS);
  const crew = new Crew(
    {
      senderUrl: ground.proxied(sender.appUrl),
      hearerUrl: ground.proxied(hearer.appUrl),
      treatmentUrl: treatment ? ground.proxied(treatment.appUrl) : '',
      brokers: ground.brokers,
      topicPrefix: `chaos-${randomBytes(4).toString('hex')}.`,
      keys: Array.from({ length: profile.keys }, () => randomUUID()),
      rate: profile.rate,
      wrong: profile.wrong,
    },
    logFile,
  );
  try {
    crew.hire(profile.crew);
    await crew.up();
    const nemesis = new Nemesis({ crew, ground, store: sender });
    const startedAt = Date.now();
    await Promise.all([nemesis.carryOut(scheduleOf(seed, profile.plan)), pause(profile.plan.durationMs)]);
    crew.stopWriting();
    const stoppedAt = Date.now();
    // A service hears on behalf of the writers' database; without services only the other one hears.
    const hearing = profile.crew.service ? { sender, hearer } : { hearer };
    await drained(async () => {
      if (treatment && !(await readPromises(treatment)).every(isKept)) return false;
      return isHeard(sender, Object.values(hearing));
    }, profile.drainMs);
    const drainMs = Date.now() - stoppedAt;
    await pause(1000);

    const { suppressed, sent, crashes } = crew;
    const compared = await compare(sender, hearing);
    const kept = treatment && judgePromises(await readPromises(treatment));
    return {
      ...{ seed, suppressed, sent, crashes, drainMs },
      ...{ writingMs: stoppedAt - startedAt, done: nemesis.done },
      ...{ ...compared, kept },
      verdict: verdictOf(compared.judgement, suppressed, kept),
    };
  } finally {
    await crew.close();
  }
}

async function compare(
  sender: Store,
  hearing: { sender?: Store; hearer: Store },
): Promise<{ judgement: Judgement; effectTimes: number[] }> {
  const facts = await readFacts(sender);
  const present = consumers.flatMap((name) => {
    const store = hearing[name];
    return store ? [{ name, store }] : [];
  });
  const effects = (await Promise.all(present.map(({ name, store }) => readEffects(store, name)))).flat();
  return {
    judgement: judge(
      facts,
      effects,
      present.map(({ name }) => name),
    ),
    effectTimes: effects.map(({ at }) => at).sort((a, b) => a - b),
  };
}

/** Whether every fact has an effect everywhere. */
async function isHeard(truth: Store, hearing: readonly Store[]): Promise<boolean> {
  const facts = await countTruth(truth);
  const effects = await Promise.all(hearing.map(countEffects));
  return effects.every((count) => count >= facts);
}

/** Resolves when everything is done, or when the time is up. */
async function drained(isDone: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  // A transaction under way may still commit.
  await pause(1000);
  while (Date.now() < deadline) {
    if (await isDone()) return;
    await pause(300);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
