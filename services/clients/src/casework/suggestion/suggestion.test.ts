import type { StaffMember } from '../../workforce/case-manager/case-manager.ts';
import type { Load } from '../../workforce/caseload/caseload.ts';
import type { GateReason } from '../../workforce/credential/gate.ts';
import type { Staffing } from '../assignment/staffing.ts';
import { worksAt } from './contact-times.ts';
import { suggest, suggestionOf, weights, type CaseWish } from './suggestion.ts';

const load: Load = { tier: 'MODERATE', status: 'OPEN_ACTIVE', modifiers: 0, count: 1 };
const wish: CaseWish = {
  ...{ populations: ['HOMELESS', 'SUBSTANCE_USE'], language: 'es-MX', setting: 'SHELTER' },
  ...{ gender: 'FEMALE', culture: 'Cuban food at home', knownIds: ['ana'], leaderId: 'lea' },
  ...{ faith: 'A Catholic who prays in the morning', modalities: ['PHONE'], contactTimes: 'evenings only' },
};
const staffed = (
  id: string,
  more: Partial<StaffMember> = {},
  reason: GateReason = 'QUALIFIED',
  count = 0,
): Staffing => ({
  staff: {
    ...{ id, name: id, email: null, roles: ['CASE_MANAGER'], supervisorId: 'sam', languages: ['en'] },
    ...{ specialties: [], timeZone: null, active: true, phone: null, employeeNo: null, education: [] },
    ...{ settings: [], populations: [], gender: null, cultures: [], fte: 1, hours: [], onCall: false },
    ...{ programCode: 'STANDARD', away: false, coverId: null, version: 1, ...more },
  },
  gate: { isOpen: reason === 'QUALIFIED' || reason === 'TRAINEE', reason },
  loads: count > 0 ? [{ ...load, count }] : [],
  limits: { points: 40, heads: 45, fte: 1 },
});
const order = (...staff: Staffing[]) =>
  suggest(wish, load, staff).suggestions.map(({ staffing }) => staffing.staff.id);

describe('a suggestion', () => {
  it.each([
    ['POPULATION', { populations: ['HOMELESS' as const] }],
    ['SPECIALTY', { specialties: ['MOUD'] }],
    ['LANGUAGE', { languages: ['es'] }],
    ['SETTING', { settings: ['SHELTER'] }],
    ['GENDER', { gender: 'FEMALE' }],
    ['CULTURE', { cultures: ['CUBAN'] }],
    ['FAITH', { cultures: ['Catholic'] }],
    ['MODALITY', { settings: ['TELEHEALTH'] }],
    ['HOURS', { hours: [{ day: 'TUE', from: '12:00', to: '18:00' }] }],
  ] as const)('counts %s with its points', (code, more) => {
    const plain = suggestionOf(wish, load, staffed('bea'));
    const fits = suggestionOf(wish, load, staffed('bea', more as Partial<StaffMember>));
    expect(fits.score - plain.score).toBe(weights[code]);
    expect(fits.reasons).toContainEqual(expect.objectContaining({ code, points: weights[code] }));
    expect(fits.unmet).not.toContain(code);
  });

  it('counts who is known, who is qualified, and room by its share', () => {
    expect(suggestionOf(wish, load, staffed('ana')).reasons.map(({ code }) => code)).toEqual([
      ...['KNOWN', 'QUALIFIED', 'ROOM'],
    ]);
    const room = (count: number) =>
      suggestionOf(wish, load, staffed('bea', {}, 'TRAINEE', count)).reasons.map(({ points }) => points);
    expect([room(0), room(12), room(26)]).toEqual([[19], [10], []]);
  });

  it('says why in a sentence, and which wishes are not met', () => {
    const one = suggestionOf(wish, load, staffed('bea', { gender: 'FEMALE', settings: ['HOME'] }));
    const said = one.reasons.find(({ code }) => code === 'GENDER')?.explanation;
    expect(said).toBe('The person prefers a woman as counselor: this fits.');
    expect(one.unmet).toEqual(['LANGUAGE', 'CULTURE', 'FAITH', 'MODALITY']);
  });

  it.each([
    ['evenings only', '17:15', '17:40', false],
    ['evenings only', '16:00', '17:30', true],
    ['por las mañanas', '09:00', '12:00', true],
    ['on Saturdays', '09:00', '12:00', false],
    ['not on my birthday', '09:00', '12:00', null],
  ])('reads the times of %s against %s to %s on a Tuesday as %s', (said, from, to, fits) => {
    expect(worksAt(said, [{ day: 'TUE', from, to }])).toBe(fits);
  });

  it('shows points before and after', () => {
    const { before, after, needsApproval } = suggestionOf(wish, load, staffed('bea', {}, 'QUALIFIED', 26));
    expect([before.points, after.points, after.band, needsApproval]).toEqual([39, 40.5, 'OVER', true]);
  });
});

describe('the order', () => {
  it('has those within their limit first, then the better fit, then more room', () => {
    const full = staffed('full', { languages: ['es'], populations: ['HOMELESS'] }, 'QUALIFIED', 26);
    const fits = staffed('fits', { languages: ['es'] }, 'QUALIFIED', 4);
    const free = staffed('free', {}, 'QUALIFIED', 1);
    const busy = staffed('busy', {}, 'QUALIFIED', 9);
    expect(order(busy, full, free, fits)).toEqual(['fits', 'free', 'busy', 'full']);
  });

  it('is always the same', () => {
    expect(order(staffed('b'), staffed('a'))).toEqual(order(staffed('a'), staffed('b')));
  });
});

describe('an exclusion', () => {
  it.each([
    ['lea', {}, 'QUALIFIED', 'LEADS_ALREADY'],
    ['eve', {}, 'CREDENTIAL_EXPIRED', 'CREDENTIAL_EXPIRED'],
    ['eve', {}, 'NO_SUPERVISOR', 'NO_SUPERVISOR'],
    ['eve', { away: true }, 'TRAINEE', 'AWAY'],
  ] as const)('of %s %j with %s is %s, and says what would change it', (id, more, gate, reason) => {
    const { suggestions, excluded } = suggest(wish, load, [staffed(id, more, gate)]);
    expect(suggestions).toEqual([]);
    expect(excluded).toMatchObject([{ reason, remedy: expect.stringMatching(/\w/) as string }]);
  });
});
