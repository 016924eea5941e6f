import { randomUUID } from 'node:crypto';
import {
  activatePlan,
  missingOf,
  reviewPlan,
  sectionNames,
  writeSections,
  type AftercarePlan,
  type AftercareSections,
} from './aftercare-plan.ts';

const now = new Date('2026-11-20T15:00:00Z');
const timeZone = 'America/New_York';
const arranged = { who: 'Maria', by: '2026-11-25' };
const arrangement = { plan: 'With her sister', ...arranged };
const steps = ['one'];
const safetyPlan = {
  ...{ warningSigns: steps, copingAlone: steps, peopleAndPlaces: steps },
  ...{ peopleToAsk: steps, professionals: steps, saferSurroundings: steps },
};
const whole: AftercareSections = {
  appointments: [{ withWhom: 'Clinic', at: '2026-11-28T04:30:00.000Z', ...arranged }],
  medication: { ...arrangement, opioidMedication: 'CONTINUES', naloxone: 'GIVEN' },
  prevention: { triggers: steps, warningSigns: steps, coping: steps, people: [], ...arranged },
  ...{ safetyPlan, housing: arrangement, transport: arrangement, supports: arrangement },
  ...{ benefitsAndLegal: arrangement, callAnytime: { name: '988', number: '988' }, contactsBy: 'Maria' },
};
const aPlan = (changes: Partial<AftercarePlan> = {}): AftercarePlan => ({
  ...{ id: randomUUID(), clientId: randomUUID(), episodeId: randomUUID(), status: 'DRAFT' },
  ...{ leavesOn: '2026-11-20', sections: whole, openedAt: now, reviewedAt: null, copyGiven: false },
  ...{
    copyDeclinedReason: null,
    activatedAt: null,
    activatedBy: null,
    clonedFromId: null,
    receivers: [],
    version: 1,
    ...changes,
  },
});
const issuesOf = (answer: object) =>
  'issues' in answer ? (answer.issues as { code: string }[]).map(({ code }) => code) : [];

describe('a plan for the time after treatment', () => {
  it('lists everything that is missing, and nothing when it is whole', () => {
    expect(missingOf(aPlan({ sections: {} }), timeZone)).toEqual(sectionNames);
    expect(missingOf(aPlan(), timeZone)).toEqual([]);
  });

  it.each<[string, AftercareSections, string]>([
    [
      'a first appointment on day 8',
      { appointments: [{ withWhom: 'Clinic', at: '2026-11-28T05:30:00Z', ...arranged }] },
      'APPOINTMENTS',
    ],
    [
      'one step of the safety plan left out',
      { safetyPlan: { ...safetyPlan, professionals: [] } },
      'SAFETY_PLAN',
    ],
    [
      'no warning signs',
      { prevention: { triggers: steps, warningSigns: [], coping: steps, people: [], ...arranged } },
      'PREVENTION',
    ],
    ['housing taken out', { housing: null }, 'HOUSING'],
  ])('is not whole with %s', (_case, section, expected) => {
    expect(missingOf(aPlan({ sections: { ...whole, ...section } }), timeZone)).toEqual([expected]);
  });

  it('is reviewed when it is whole, with a copy or a reason', () => {
    const at = { now, timeZone, consents: [] };
    expect(
      issuesOf(reviewPlan(aPlan({ sections: { ...whole, supports: null } }), { copyGiven: false }, at)),
    ).toEqual(['MISSING_SUPPORTS', 'REQUIRED']);
    expect(reviewPlan(aPlan(), { copyGiven: true }, at)).toMatchObject({
      update: { status: 'CLIENT_REVIEWED' },
      facts: [{ type: 'AftercareReviewed' }],
    });
    const declined = { copyGiven: false, copyDeclinedReason: 'No safe place to keep it.' };
    expect(reviewPlan(aPlan(), declined, at)).toMatchObject({ update: declined });
  });

  it('that is changed after the review is a draft again, and keeps the other sections', () => {
    const reviewed = aPlan({ status: 'CLIENT_REVIEWED', reviewedAt: now, copyGiven: true });
    expect(writeSections(reviewed, { sections: { housing: null } })).toMatchObject({
      update: {
        status: 'DRAFT',
        reviewedAt: null,
        copyGiven: false,
        sections: { housing: null, contactsBy: 'Maria' },
      },
    });
  });

  it('comes into force after the review, and does not change any more', () => {
    const by = { by: randomUUID(), now };
    expect(activatePlan(aPlan(), by)).toMatchObject({ kind: 'InvalidTransition' });
    const reviewed = aPlan({ status: 'CLIENT_REVIEWED', reviewedAt: now, copyGiven: true });
    expect(activatePlan(reviewed, by)).toMatchObject({ update: { status: 'ACTIVE', activatedAt: now } });
    expect(writeSections(aPlan({ status: 'ACTIVE' }), { sections: {} })).toMatchObject({
      kind: 'InvalidTransition',
    });
  });
});
