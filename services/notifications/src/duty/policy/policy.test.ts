import { catalogue } from '../../catalogue/catalogue/catalogue.ts';
import { notificationCodes } from '../../inbox/notification/notification.ts';
import { changePolicy, isChainPlace, policyFaults } from './policy.ts';

const admin = { afterMinutes: 5, to: ['PROGRAM_ADMIN' as const] };
const codesOf = (...given: Parameters<typeof policyFaults>) => policyFaults(...given).map(({ code }) => code);

describe('a chain that a program chooses', () => {
  it('may be shorter and faster', () => {
    expect(codesOf('CRISIS_L1', [{ afterMinutes: 1, to: ['ON_CALL_CLINICIAN', 'BACKUP'] }, admin])).toEqual(
      [],
    );
  });

  it('cannot make a crisis wait, end before the administrators, or tell nobody', () => {
    expect(codesOf('CRISIS_L1', [{ ...admin, afterMinutes: 6 }])).toEqual(['TOO_LONG']);
    expect(codesOf('CRISIS_L1', [])).toEqual(['NO_END']);
    expect(codesOf('CRISIS_L2', [{ afterMinutes: 5, to: [] }])).toEqual(['EMPTY', 'NO_END']);
    expect(codesOf('CASE_ASSIGNED', [admin])).toEqual(['NOT_ALLOWED']);
  });

  it('is a new row, then a change of it', () => {
    const by = { id: 'pat', now: new Date('2026-11-28T12:00:00Z') };
    const input = { code: 'CRISIS_L1' as const, steps: [admin] };
    const first = changePolicy(null, input, by);
    expect(first).toMatchObject({ insert: { code: 'CRISIS_L1', version: 1, steps: [admin] } });
    const row = (first as { insert: Parameters<typeof changePolicy>[0] }).insert;
    expect(changePolicy(row, input, { ...by, id: 'ada' })).toMatchObject({ update: { changedBy: 'ada' } });
  });

  it('of the house names only places that a program may name', () => {
    const places = notificationCodes.flatMap((code) =>
      catalogue[code].escalation.flatMap(({ to }) => [...to]),
    );
    expect(places.filter((place) => !isChainPlace(place))).toEqual([]);
  });
});
