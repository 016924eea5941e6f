import type { Outcome } from './run.ts';
import { nameOf, recoveries } from './recovery.ts';
import type { Wrong } from './part.ts';

export interface Report {
  name: string;
  seed: number;
  verdict: Outcome['verdict'];
  kills: number;
  faults: Record<string, number>;
  figures: Record<string, number>;
  recovery: ReturnType<typeof recoveries>;
}

export function reportOf(name: string, outcome: Outcome): Report {
  const { judgement, kept, done, suppressed, sent, crashes } = outcome;
  const faults: Record<string, number> = {};
  for (const { fault } of done) faults[nameOf(fault)] = (faults[nameOf(fault)] ?? 0) + 1;
  return {
    name,
    seed: outcome.seed,
    verdict: outcome.verdict,
    kills: done.filter(({ fault }) => fault.kind === 'kill').length,
    faults,
    figures: {
      ...judgement,
      suppressed,
      sent,
      crashes,
      writingSeconds: Math.round(outcome.writingMs / 1000),
      drainSeconds: Math.round(outcome.drainMs / 100) / 10,
      ...(kept && {
        obligations: kept.promises,
        obligationsMissed: kept.missed,
        obligationsMet: kept.met,
        obligationsLost: kept.lost,
        obligationsTwice: kept.twice,
      }),
    },
    recovery: recoveries(done, outcome.effectTimes),
  };
}

/** A Markdown table, as it goes into RESULTS.md. */
export function tableOf({ name, seed, verdict, kills, figures, recovery }: Report): string {
  const rows = [
    [`${name}, seed ${seed}`, verdict],
    ['kills', kills],
    ['facts committed', figures.facts],
    ['effects committed', figures.effects],
    ['**lost**', figures.lost],
    ['**visible duplicates**', figures.duplicates],
    ['**reordered per key**', figures.reordered],
    ['effects of facts never committed', figures.phantoms],
    ['obligations opened', figures.obligations],
    ['told as missed when their time was over', figures.obligationsMissed],
    ['met by a conversation', figures.obligationsMet],
    ['**obligations lost**', figures.obligationsLost],
    ['**obligations told twice**', figures.obligationsTwice],
    ['duplicates suppressed (at least)', figures.suppressed],
    ['processes that ended by themselves', figures.crashes],
    ['writing, s', figures.writingSeconds],
    ['drain after it, s', figures.drainSeconds],
  ].map(([what, figure]) => `| ${what ?? ''} | ${figure ?? ''} |`);
  const faults = Object.entries(recovery)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([kind, of]) => {
      if (!of) return '';
      const up = of.up ? `${seconds(of.up.p50)} / ${seconds(of.up.max)}` : '';
      return `| ${kind} | ${of.times} | ${up} | ${seconds(of.nextEffect.p50)} / ${seconds(of.nextEffect.max)} |`;
    });
  return [
    '| Chaos | |',
    '| --- | --- |',
    ...rows,
    '',
    '| Fault | Times | Up again, s (p50 / max) | Then next effect, s (p50 / max) |',
    '| --- | --- | --- | --- |',
    ...faults,
    '',
  ].join('\n');
}

/** One line for each wrong way: it has to be found out. Facts are obligations where only those were kept. */
export function controlLine(wrong: Wrong, { verdict, figures }: Report, schedules: number): string {
  const { facts = 0, lost = 0, duplicates = 0, reordered = 0 } = figures;
  const { obligations = 0, obligationsLost = 0, obligationsTwice = 0 } = figures;
  const found = verdict === 'RED' ? 'red, as it must be' : 'NOT FOUND OUT';
  const counts = [facts + obligations, lost + obligationsLost, duplicates + obligationsTwice, reordered];
  return `| ${wrong} | ${found} | ${schedules} | ${counts.join(' | ')} |`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
