import { randomUUID } from 'node:crypto';
import type { Fact } from '@throughline/events';
import { isAppointmentMissing, type CareTransition, type ReferralStanding } from './care-transition.ts';
import {
  changeTransition,
  completeTransition,
  confirmHandOff,
  hearReferral,
  recordArrival,
  startTransition,
} from './transition.ts';

const timeZone = 'America/New_York';
const now = new Date('2036-03-10T12:00:00Z');
const within = { now, timeZone, firstContact: '2036-01-02' };
const aTransition = (changes: Partial<CareTransition> = {}): CareTransition => ({
  ...{
    id: randomUUID(),
    clientId: randomUUID(),
    episodeId: randomUUID(),
    fromStayId: null,
    toSetting: 'SHELTER',
  },
  ...{ receiverName: 'Shelter', referralId: randomUUID(), reason: 'No home', handOff: 'NONE' },
  ...{ plannedFor: '2036-03-10', firstAppointmentAt: null, status: 'PLANNED', confirmations: [] },
  ...{ packetSentAt: null, packetDisclosureId: null, leftAt: null, arrivedAt: null, arrivalToldBy: null },
  ...{ endedAt: null, failedReason: null, version: 1, ...changes },
});
const news = (
  { referralId, clientId }: CareTransition,
  changes: Partial<ReferralStanding>,
): ReferralStanding => ({
  ...{ referralId: referralId ?? '', clientId, acceptedAt: null, startedAt: null, endedAt: null },
  ...{ disclosedAt: null, disclosureId: null, ...changes },
});
const codes = (answer: object) =>
  'issues' in answer ? (answer.issues as { code: string }[]).map(({ code }) => code) : [];

describe('the first appointment of a transition', () => {
  it.each<[string, Partial<CareTransition>, boolean]>([
    ['none', {}, true],
    ['day 7 at 23:30', { firstAppointmentAt: new Date('2036-03-18T03:30:00Z') }, false],
    ['day 8 at 00:30', { firstAppointmentAt: new Date('2036-03-18T04:30:00Z') }, true],
    ['none when it is over', { status: 'COMPLETED' }, false],
    [
      'day 8 of the plan, day 7 after the client left',
      { leftAt: new Date('2036-03-11T12:00:00Z'), firstAppointmentAt: new Date('2036-03-18T12:00:00Z') },
      false,
    ],
  ])('is missing or not: %s', (_when, changes, expected) => {
    expect(isAppointmentMissing(aTransition(changes), timeZone)).toBe(expected);
  });
});

describe('a transition', () => {
  it('is no arrival because time passed: somebody says so, not before the client left', () => {
    const left = aTransition({ status: 'IN_TRANSIT', leftAt: now });
    expect(codes(recordArrival(left, { toldBy: ' ' }, within))).toEqual(['REQUIRED']);
    const early = { toldBy: 'Ana', arrivedAt: new Date(now.getTime() - 1) };
    expect(codes(recordArrival(left, early, within))).toEqual(['BEFORE_START']);
    const before = { toldBy: 'Ana', arrivedAt: new Date('1900-01-01T12:00:00Z') };
    expect(codes(recordArrival({ ...left, leftAt: null }, before, within))).toEqual(['BEFORE_START']);
    expect(recordArrival(left, { toldBy: 'Ana' }, within)).toMatchObject({ update: { status: 'ARRIVED' } });
  });

  it('that is warm waits for all three, and one with a packet for the packet', () => {
    const warm = aTransition({ handOff: 'WARM' });
    expect(codes(startTransition(warm, null, within))).toEqual([
      ...['SENDER_NOT_CONFIRMED', 'RECEIVER_NOT_CONFIRMED', 'CLIENT_NOT_CONFIRMED'],
    ]);
    const packet = aTransition({ handOff: 'PACKET', status: 'ARRIVED', arrivedAt: now });
    expect(codes(completeTransition(packet, now))).toEqual(['PACKET_NOT_SENT']);
    expect(completeTransition({ ...packet, packetSentAt: now }, now)).toMatchObject({
      update: { endedAt: now },
    });
  });

  it('tells each change once, and nothing when it says the same again', () => {
    const at = { now, timeZone };
    const planned = aTransition({ referralId: null, firstAppointmentAt: new Date('2036-03-12T12:00:00Z') });
    const told = (answer: object) =>
      'facts' in answer ? (answer.facts as Fact[]).map(({ type }) => type) : [];
    expect(told(changeTransition(planned, { plannedFor: '2036-03-11' }, null, at))).toEqual([
      'TransitionChanged',
    ]);
    expect(told(changeTransition(planned, { plannedFor: '2036-03-10' }, null, at))).toEqual([]);
    const by = { by: randomUUID(), now };
    const confirmed = confirmHandOff(planned, { party: 'CLIENT', name: 'Ana' }, by);
    expect(told(confirmed)).toEqual(['HandOffConfirmed']);
    const update = 'update' in confirmed ? confirmed.update : undefined;
    expect(told(confirmHandOff(update ?? planned, { party: 'CLIENT', name: 'Ana' }, by))).toEqual([]);
    expect(told(startTransition(planned, null, { ...at, firstContact: null }))).toEqual([
      'TransitionStarted',
    ]);
  });

  it('follows its referral and no other', () => {
    const transition = aTransition();
    const accepted = hearReferral(transition, news(transition, { acceptedAt: now, disclosedAt: now }), now);
    expect(accepted).toMatchObject({
      status: 'PLANNED',
      packetSentAt: now,
      confirmations: [{ party: 'RECEIVER' }],
    });
    expect(hearReferral(accepted, news(transition, { acceptedAt: now }), now).confirmations).toHaveLength(1);
    expect(hearReferral(transition, news(transition, { endedAt: now }), now).failedReason).toBe(
      'REFERRAL_ENDED',
    );
    const foreign = { ...news(transition, { startedAt: now }), clientId: randomUUID() };
    expect(hearReferral(transition, foreign, now)).toBe(transition);
  });

  it.each([
    ['another referral', randomUUID()],
    ['none', null],
  ])(
    'loses what its referral said when it gets %s, and keeps what people confirmed',
    (_which, referralId) => {
      const before = aTransition();
      const said = news(before, { acceptedAt: now, disclosedAt: now, disclosureId: randomUUID() });
      const heard = hearReferral(before, said, now);
      const client = { party: 'CLIENT' as const, name: 'Ana', by: randomUUID(), at: now.toISOString() };
      const agreed = { ...heard, confirmations: [...heard.confirmations, client] };
      expect(changeTransition(agreed, { referralId }, null, { now, timeZone })).toMatchObject({
        update: { packetSentAt: null, packetDisclosureId: null, confirmations: [client] },
      });
      expect(
        changeTransition(agreed, { referralId: before.referralId }, said, { now, timeZone }),
      ).toMatchObject({ update: { packetSentAt: now, confirmations: agreed.confirmations } });
    },
  );
});
