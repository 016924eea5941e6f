import { randomUUID } from 'node:crypto';
import {
  activateGoal,
  closeGoal,
  commandsFor,
  finalAchievements,
  missingParts,
  observeGoal,
  reviseGoal,
  type Goal,
  type GoalAchievement,
  type GoalPart,
} from './goal.ts';

const now = new Date('2026-11-23T10:00:00Z');
const aGoal = (changes: Partial<Goal> = {}): Goal => ({
  id: randomUUID(),
  carePlanId: randomUUID(),
  clientId: randomUUID(),
  needId: null,
  domain: 'HOME',
  statementInClientWords: 'I want a door that I can lock',
  metric: 'nights in own bed',
  baseline: 0,
  target: 7,
  unit: 'nights a week',
  dueOn: '2027-02-01',
  lifecycle: 'PROPOSED',
  achievement: 'IN_PROGRESS',
  addedAt: now,
  activatedAt: null,
  closedAt: null,
  lastWorkedAt: null,
  version: 1,
  ...changes,
});

describe('a goal', () => {
  it.each<[string, Partial<Goal>, GoalPart[]]>([
    ['everything', {}, []],
    ['no words of the client', { statementInClientWords: null }, ['CLIENT_WORDS']],
    ['only blanks as words', { statementInClientWords: ' \n ' }, ['CLIENT_WORDS']],
    ['no measure', { metric: null }, ['MEASURE']],
    ['a blank measure', { metric: ' ' }, ['MEASURE']],
    ['no target', { target: null }, ['TARGET']],
    ['a target of zero', { target: 0 }, []],
    ['no date', { dueOn: null }, ['DUE_DATE']],
    ['neither baseline nor unit', { baseline: null, unit: null }, []],
    [
      'nothing',
      { statementInClientWords: null, metric: null, target: null, dueOn: null },
      ['CLIENT_WORDS', 'MEASURE', 'TARGET', 'DUE_DATE'],
    ],
  ])('with %s misses %p', (_case, changes, missing) => {
    expect(missingParts(aGoal(changes))).toEqual(missing);
  });

  it('becomes active, and stays complete from then on', () => {
    expect(activateGoal(aGoal(), now)).toMatchObject({ update: { lifecycle: 'ACTIVE', activatedAt: now } });
    expect(activateGoal(aGoal({ metric: null }), now)).toMatchObject({ missing: ['MEASURE'] });
    const active = aGoal({ lifecycle: 'ACTIVE' });
    expect(reviseGoal(active, { dueOn: null }, now)).toMatchObject({ missing: ['DUE_DATE'] });
    expect(reviseGoal(active, { measure: { target: 5 } }, now)).toMatchObject({
      update: { ...active, target: 5 },
    });
  });

  it.each([
    ['PROPOSED', 'CANCELLED'],
    ['ACTIVE', 'COMPLETED'],
  ] as const)('that is %s is %s when closed', (lifecycle, closed) => {
    const update = { lifecycle: closed, achievement: 'ACHIEVED', closedAt: now };
    expect(closeGoal(aGoal({ lifecycle }), { achievement: 'ACHIEVED' }, now)).toMatchObject({ update });
  });

  it.each<GoalAchievement>([
    'IN_PROGRESS',
    'IMPROVING',
    'WORSENING',
    'NO_CHANGE',
    'NO_PROGRESS',
    ...finalAchievements,
  ])('is closed as %s only when that is final', (achievement) => {
    const isFinal = finalAchievements.includes(achievement);
    expect('update' in closeGoal(aGoal(), { achievement }, now)).toBe(isFinal);
  });

  it.each([
    ['PROPOSED', true, false],
    ['ACTIVE', false, true],
    ['COMPLETED', false, false],
    ['CANCELLED', false, false],
  ] as const)('that is %s: activate %p, progress %p', (lifecycle, activates, progresses) => {
    const goal = aGoal({ lifecycle });
    expect('update' in activateGoal(goal, now)).toBe(activates);
    expect('update' in observeGoal(goal, 'IMPROVING', now)).toBe(progresses);
    expect(commandsFor(lifecycle).length > 0).toBe(activates || progresses);
  });
});
