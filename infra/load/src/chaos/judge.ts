import type { PromiseJudgement } from './aftercare/judge-promises.ts';

/** A fact that was committed; `n` is its place among the facts of its key, in the order of commits. */
export interface CommittedFact {
  id: string;
  key: string;
  n: number;
}

/** An effect that was committed. Effects are given in the order in which they happened. */
export interface Effect {
  consumer: string;
  factId: string;
}

export interface Judgement {
  facts: number;
  effects: number;
  /** Facts without an effect, summed over the consumers. */
  lost: number;
  /** Effects beyond the first of a fact. */
  duplicates: number;
  /** Facts whose first effect came after that of a later fact of the same key. */
  reordered: number;
  /** Effects of facts that were never committed. */
  phantoms: number;
}

/** Compares every committed fact with every effect. Each consumer should show each fact once, in order per key. */
export function judge(
  facts: readonly CommittedFact[],
  effects: readonly Effect[],
  consumers: readonly string[],
): Judgement {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const total = { lost: 0, duplicates: 0, reordered: 0, phantoms: 0 };
  for (const consumer of consumers) {
    const seen = new Set<string>();
    const latest = new Map<string, number>();
    for (const { factId } of effects.filter((effect) => effect.consumer === consumer)) {
      const fact = known.get(factId);
      if (!fact) total.phantoms += 1;
      else if (seen.has(factId)) total.duplicates += 1;
      else {
        seen.add(factId);
        const last = latest.get(fact.key) ?? 0;
        if (fact.n < last) total.reordered += 1;
        latest.set(fact.key, Math.max(last, fact.n));
      }
    }
    total.lost += facts.length - seen.size;
  }
  return { facts: facts.length, effects: effects.length, ...total };
}

/** A run that provoked too few duplicates has not shown that they are suppressed. */
export const ENOUGH_SUPPRESSED = 100;

export type Verdict = 'GREEN' | 'RED' | 'VOID';

/** `kept` where there were keepers; a run without one that was missed and one that was met has not shown anything. */
export function verdictOf(judgement: Judgement, suppressed: number, kept?: PromiseJudgement): Verdict {
  const { facts, lost, duplicates, reordered, phantoms } = judgement;
  if (lost + duplicates + reordered + phantoms > 0) return 'RED';
  if (kept && kept.lost + kept.twice > 0) return 'RED';
  const isShown = !kept || (kept.missed > 0 && kept.met > 0);
  return isShown && facts > 0 && suppressed >= ENOUGH_SUPPRESSED ? 'GREEN' : 'VOID';
}
