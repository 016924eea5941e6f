import { randomUUID } from 'node:crypto';
import type { Fact } from '@throughline/events';
import { addMilestone } from '../milestone/milestone.ts';
import type { Goal } from '../goal/goal.ts';
import { changeIntervention, type Intervention, type InterventionChange } from './intervention.ts';

const now = new Date('2026-11-23T10:00:00Z');
const intervention: Intervention = {
  ...{ id: randomUUID(), goalId: randomUUID(), clientId: randomUUID(), type: 'PEER', what: 'Walk together' },
  ...{ ownerId: randomUUID(), rhythm: 'WEEKLY', status: 'ACTIVE', doneCount: 0, lastDoneOn: null },
  ...{ addedAt: now, closedAt: null, version: 1 },
};
const told = (decided: object) =>
  'facts' in decided ? (decided.facts as Fact[]).map(({ type }) => type) : decided;

describe('an intervention', () => {
  it.each<[string, InterventionChange, string[]]>([
    ['another rhythm', { rhythm: 'DAILY' }, ['InterventionChanged']],
    ['another owner', { ownerId: randomUUID() }, ['InterventionChanged']],
    ['its end', { end: 'STOPPED' }, ['InterventionEnded']],
    ['another owner and its end', { ownerId: randomUUID(), end: 'COMPLETED' }, ['InterventionEnded']],
    ['what it says already', { ownerId: intervention.ownerId, rhythm: 'WEEKLY' }, []],
    ['nothing', {}, []],
  ])('that gets %s has one entry for it in the timeline, or none', (_what, change, types) => {
    expect(told(changeIntervention(intervention, change, now))).toEqual(types);
  });

  it('that is over does not change', () => {
    const over: Intervention = { ...intervention, status: 'STOPPED' };
    expect(changeIntervention(over, { rhythm: 'DAILY' }, now)).toMatchObject({ kind: 'InvalidTransition' });
  });
});

describe('a milestone', () => {
  it('has an entry in the timeline when it is agreed', () => {
    const goal = { id: randomUUID(), clientId: randomUUID(), lifecycle: 'ACTIVE', closedAt: null };
    expect(told(addMilestone(goal as Goal, { title: 'Waiting list' }, now))).toEqual(['MilestoneAdded']);
  });
});
