import { randomUUID } from 'node:crypto';
import { openCase, type CaseFile } from '../case-file/case-file.ts';
import type { CloseRequest } from '../closure/close-request.entity.ts';
import {
  askToClose,
  decisionRefusal,
  refuseRequest,
  type Asked,
  type AskingState,
  type Decider,
} from './close-request.ts';

const now = new Date('2026-06-01T15:00:00Z');
const { caseFile } = openCase(randomUUID(), { now, timeZone: 'America/New_York' });
const by = randomUUID();
const ask = (asked: Partial<Asked> = {}, state: Partial<AskingState> = {}, file: CaseFile = caseFile) =>
  askToClose(
    file,
    { reason: 'MOVED_OUT_OF_AREA', override: 'The shelter answers no more', ...asked },
    { waiting: null, isHeldUp: true, by, now, ...state },
  );
const waiting = () => {
  const asked = ask();
  if (!('request' in asked)) throw new Error('Not asked');
  return asked.request;
};

describe('a request to close a case', () => {
  it.each<[string, () => unknown, object]>([
    ['held up by something', () => ask(), { request: { status: 'PENDING', askedBy: by } }],
    [
      'held up by nothing',
      () => ask({}, { isHeldUp: false }),
      { kind: 'InvalidTransition', allowed: ['closeCase'] },
    ],
    ['of a person who died', () => ask({ reason: 'DECEASED' }), { kind: 'InvalidTransition' }],
    ['without a text', () => ask({ override: ' ' }), { issues: [{ path: 'override', code: 'REQUIRED' }] }],
    ['that waits already', () => ask({}, { waiting: waiting() }), { from: 'CLOSE_ASKED' }],
    ['that is closed', () => ask({}, {}, { ...caseFile, status: 'CLOSED' }), { kind: 'InvalidTransition' }],
  ])('for a case %s is made or refused', (_case, made, expected) => {
    expect(made()).toMatchObject(expected);
  });

  it.each<[string, CloseRequest | null, Decider, string | null]>([
    ['another supervisor', waiting(), { id: randomUUID(), mayOverride: true }, null],
    ['the one who asked', waiting(), { id: by, mayOverride: true }, 'Forbidden'],
    ['the one who leads the case', waiting(), { id: randomUUID(), mayOverride: false }, 'Forbidden'],
    ['anybody, when nobody asked', null, { id: randomUUID(), mayOverride: true }, 'InvalidTransition'],
  ])('is decided by %s, or refused', (_who, request, decider, kind) => {
    expect(decisionRefusal(request, decider)?.kind ?? null).toBe(kind);
  });

  it('is refused with a reason only', () => {
    const decider = { by: randomUUID(), now };
    expect(refuseRequest(waiting(), ' ', decider)).toMatchObject({ issues: [{ path: 'reason' }] });
    expect(refuseRequest(waiting(), 'Try the sister first', decider)).toMatchObject({
      request: { status: 'REFUSED', decisionReason: 'Try the sister first' },
      facts: [{ type: 'CaseCloseRefused' }],
    });
  });
});
