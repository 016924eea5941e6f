import { accepts, activate, close, commandsFor, missingParts, type Goal, type GoalPart } from './goal.ts';

const now = new Date('2026-11-23T10:00:00Z');
const aGoal = (changes: Partial<Goal> = {}): Goal => ({
  id: 'g',
  carePlanId: 'p',
  clientId: 'c',
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

  it('becomes active', () => {
    expect(activate(aGoal(), now)).toMatchObject({ lifecycle: 'ACTIVE', activatedAt: now });
  });

  it.each([
    ['PROPOSED', 'CANCELLED'],
    ['ACTIVE', 'COMPLETED'],
  ] as const)('that is %s is %s when closed', (lifecycle, closed) => {
    expect(close(aGoal({ lifecycle }), 'ACHIEVED', now)).toMatchObject({
      lifecycle: closed,
      achievement: 'ACHIEVED',
      closedAt: now,
    });
  });

  it.each([
    ['PROPOSED', true, false],
    ['ACTIVE', false, true],
    ['COMPLETED', false, false],
    ['CANCELLED', false, false],
  ] as const)('that is %s: activate %p, progress %p', (lifecycle, activates, progresses) => {
    const goal = aGoal({ lifecycle });
    expect(accepts(goal, 'activateGoal')).toBe(activates);
    expect(accepts(goal, 'recordGoalProgress')).toBe(progresses);
    expect(commandsFor(lifecycle).length > 0).toBe(activates || progresses);
  });
});
