import { randomUUID } from 'node:crypto';
import type { Decision } from '@throughline/command/decision';
import fc from 'fast-check';
import {
  changeEpisodePhase,
  endEpisode,
  endFaults,
  firstPhases,
  nextPhases,
  phasesAfter,
  stageOf,
  startFaults,
  type Episode,
  type EpisodePhase,
} from './episode.ts';

const now = new Date('2026-11-23T10:00:00Z');
const later = new Date('2026-12-23T10:00:00Z');
const phases = Object.keys(nextPhases) as EpisodePhase[];
const anEpisode = (changes: Partial<Episode> = {}): Episode => ({
  id: randomUUID(),
  clientId: randomUUID(),
  caseId: randomUUID(),
  kind: 'SUD',
  phase: 'INQUIRY',
  referralSource: null,
  dateOfFirstContact: null,
  dateFirstAppointmentOffered: null,
  admittedAt: null,
  startedAt: now,
  endedAt: null,
  dischargeType: null,
  endReason: null,
  version: 1,
  ...changes,
});
const after = (decision: Decision<never, Episode>) =>
  'update' in decision ? (decision.update ?? null) : null;
const enter = (...change: Parameters<typeof changeEpisodePhase>) => after(changeEpisodePhase(...change));
const end = (...change: Parameters<typeof endEpisode>) => after(endEpisode(...change));
const how = { dischargeType: 'COMPLETED', endReason: 'TREATMENT_COMPLETED' };

describe('an episode', () => {
  const pairs = phases.flatMap((from) => phases.map((to) => [from, to] as const));
  it.each(pairs)('from %s to %s changes only if the table allows it', (from, to) => {
    const allowed = (nextPhases[from] as readonly EpisodePhase[]).includes(to) && to !== 'ENDED';
    expect(enter(anEpisode({ phase: from }), to, now)?.phase ?? null).toBe(allowed ? to : null);
  });

  it('keeps its first admission when a return to use leads back into treatment', () => {
    const admitted = enter(anEpisode(), 'ADMITTED', now);
    expect(admitted?.admittedAt).toEqual(now);
    const aftercare = { ...admitted!, phase: 'MONITORING' as const };
    expect(enter(aftercare, 'ACTIVE', later)).toMatchObject({ phase: 'ACTIVE', admittedAt: now });
  });

  it.each(phases)('in %s can be ended once', (phase) => {
    const ended = end(anEpisode({ phase }), how, later);
    if (phase === 'ENDED') expect(ended).toBeNull();
    else expect(ended).toMatchObject({ phase: 'ENDED', endedAt: later, ...how });
  });

  it('follows no path but those of the table, and never leaves its end', () => {
    const step = fc.oneof(fc.constantFrom(...phases), fc.constant('end' as const));
    fc.assert(
      fc.property(fc.constantFrom(...firstPhases), fc.array(step, { maxLength: 30 }), (first, steps) => {
        let episode = anEpisode({ phase: first });
        for (const to of steps) {
          const before = episode;
          episode = (to === 'end' ? end(episode, how, now) : enter(episode, to, now)) ?? episode;
          if (episode === before) continue;
          expect(nextPhases[before.phase]).toContain(episode.phase);
          expect(before.endedAt).toBeNull();
        }
        expect(episode.phase === 'ENDED').toBe(episode.endedAt !== null);
      }),
    );
  });

  it.each([
    ['COMPLETED', 'TREATMENT_COMPLETED', true],
    ['COMPLETED', 'DIED', false],
    ['LEFT_AGAINST_ADVICE', 'TREATMENT_COMPLETED', false],
    ['DIED', 'DIED', true],
    ['OTHER', 'INCARCERATED', false],
    ['TRANSFERRED', 'MOVED', true],
  ])('that ends as %s because of %s is possible: %p', (dischargeType, endReason, possible) => {
    expect(endFaults({ dischargeType, endReason }).length === 0).toBe(possible);
  });

  it('tells all faults of its beginning at once', () => {
    const draft = { kind: 'SUD', phase: 'STEP_DOWN', dateOfFirstContact: '2026-11-24' } as const;
    const faults = startFaults({ ...draft, dateFirstAppointmentOffered: '2026-11-20' }, '2026-11-23');
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'phase NOT_A_BEGINNING',
      'dateOfFirstContact IN_FUTURE',
      'dateFirstAppointmentOffered BEFORE_START',
    ]);
  });

  it('can always go on or end', () => {
    for (const phase of phases.filter((each) => each !== 'ENDED')) {
      expect(phasesAfter(phase).length).toBeGreaterThan(0);
      expect(nextPhases[phase]).toContain('ENDED');
    }
  });

  it('belongs to the stage of its phase', () => {
    expect(phases.map(stageOf)).toEqual([
      ...Array<string>(3).fill('PRE_TREATMENT'),
      ...Array<string>(4).fill('IN_TREATMENT'),
      ...Array<string>(2).fill('AFTERCARE'),
      'ENDED',
    ]);
  });
});
