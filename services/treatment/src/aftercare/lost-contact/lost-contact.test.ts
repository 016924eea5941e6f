import { randomUUID } from 'node:crypto';
import {
  decideLostContact,
  lostSince,
  reviewLostContact,
  waysToTry,
  type LostContact,
  type Tried,
} from './lost-contact.ts';

const now = new Date('2036-03-10T12:00:00Z');
const [maria, ines] = [randomUUID(), randomUUID()];
const open: LostContact = {
  ...{
    id: randomUUID(),
    clientId: randomUUID(),
    stayId: randomUUID(),
    status: 'OPEN',
    openedAt: now,
    attemptIds: [],
  },
  ...{
    reason: null,
    tried: [],
    decidedAt: null,
    decidedBy: null,
    reviewedAt: null,
    reviewedBy: null,
    version: 1,
  },
};
const tried: Tried[] = waysToTry.map((way) => ({
  way,
  done: way === 'LETTER',
  note: 'No answer',
  consentId: null,
}));
const codes = (answer: object) =>
  'issues' in answer ? (answer.issues as { code: string }[]).map(({ code }) => code) : [];
const decide = (changes: object = {}) =>
  decideLostContact(
    open,
    { isLost: true, reason: 'Moved', tried, ...changes },
    { by: maria, now, consents: [] },
  );
const lost: LostContact = {
  ...open,
  status: 'AWAITING_REVIEW',
  reason: 'Moved',
  tried,
  decidedAt: now,
  decidedBy: maria,
};

describe('a lost contact', () => {
  it.each([
    ['no reason', { reason: ' ' }, ['REQUIRED']],
    ['a way that nobody speaks of', { tried: tried.slice(1) }, ['REQUIRED']],
    ['nothing that was done', { tried: tried.map((one) => ({ ...one, done: false })) }, ['NOTHING_TRIED']],
    ['a way twice', { tried: [...tried, tried[0]] }, ['DUPLICATE']],
    [
      'a way without a word',
      { tried: tried.map((one) => ({ ...one, note: '' })) },
      ['REQUIRED', 'REQUIRED', 'REQUIRED'],
    ],
  ])('is not decided with %s', (_what, changes, expected) => {
    expect(codes(decide(changes))).toEqual(expected);
  });

  it('asks a supporter only with a consent that is in force', () => {
    const consentId = randomUUID();
    const asked = tried.map((one) => ({ ...one, done: true, consentId }));
    const consent = {
      consentId,
      clientId: open.clientId,
      recipientAgencyIds: [],
      recipientClasses: [],
      version: 1,
    };
    const decided = (inForce: boolean) =>
      decideLostContact(
        open,
        { isLost: true, reason: 'Moved', tried: asked },
        { by: maria, now, consents: [{ ...consent, inForce }] },
      );
    expect(codes(decided(false))).toEqual(['NO_CONSENT']);
    expect(codes(decided(true))).toEqual([]);
  });

  it('waits for a review by another person, who agrees or sends it back', () => {
    expect(decide()).toMatchObject({ update: { status: 'AWAITING_REVIEW', decidedBy: maria } });
    const review = (agrees: boolean, by: string, note?: string) =>
      reviewLostContact(lost, { agrees, note }, { by, now });
    expect(review(true, maria)).toMatchObject({ kind: 'Forbidden' });
    expect(review(true, ines)).toMatchObject({ update: { status: 'LOST', reviewedBy: ines } });
    expect(codes(review(false, ines))).toEqual(['REQUIRED']);
    expect(review(false, ines, 'Ask at the shelter')).toMatchObject({
      update: { status: 'OPEN', decidedAt: null },
    });
  });

  it('needs no review when staff go on trying, and nothing is decided twice', () => {
    expect(decide({ isLost: false, tried: [] })).toMatchObject({ update: { status: 'TRYING_ON' } });
    expect(
      decideLostContact(lost, { isLost: true, reason: 'Moved', tried }, { by: maria, now, consents: [] }),
    ).toMatchObject({
      kind: 'InvalidTransition',
    });
  });

  it('is lost until the client is reached', () => {
    const settled: LostContact = { ...lost, status: 'LOST' };
    const later = new Date(now.getTime() + 1);
    expect(lostSince([settled], [])).toEqual(now);
    expect(lostSince([settled], [{ id: maria, at: later, reached: false }])).toEqual(now);
    expect(lostSince([settled], [{ id: maria, at: later, reached: true }])).toBeNull();
  });
});
