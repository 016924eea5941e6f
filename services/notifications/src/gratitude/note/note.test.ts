import { findingsIn, hasLink } from './findings.ts';
import {
  allowedCommands,
  mayKnow,
  moderateNote,
  noteFaults,
  readsBody,
  sharingFaults,
  submitNote,
  type AppreciationNote,
  type NoteModeration,
  type Standing,
} from './note.ts';

const now = new Date('2036-03-03T15:00:00Z');
const at = { now, timeZone: 'America/New_York' };

describe('in a note', () => {
  it.each([
    ['Thank you for calling me every week.', 'en', []],
    ['Thank you, I am so glad that you were there.', 'en', []],
    ['Gracias por todo su apoyo.', 'es', []],
    ['You believed in me. Without you I want to die.', 'en', ['CRISIS']],
    ['Thanks. I don’t want to  live any more', 'en', ['CRISIS']],
    ['SUICIDAL thoughts are gone', 'en', ['CRISIS']],
    ['thank you, I think of sui\u00adcide', 'en', ['CRISIS']],
    ['Gracias, pero no quiero vivir', 'es', ['CRISIS']],
    ['Gracias, quisiera hacerme DAÑO', 'en', ['CRISIS', 'NAME']],
    ['The skill to listen is rare', 'en', []],
    ['You got me into rehab and I am sober', 'en', ['HEALTH']],
    ['gracias por la recuperación', 'es', ['HEALTH']],
    ['thank you maria', 'en', ['NAME']],
    ['Thank you for helping Xanthippe with the form', 'en', ['NAME']],
    ['Call me, 555-0100', 'en', ['CONTACT_DATA']],
    ['ขอบคุณมากสำหรับความช่วยเหลือ', 'th', ['LANGUAGE_NOT_CHECKED']],
    ['ขอบคุณมาก', 'en', ['LANGUAGE_NOT_CHECKED']],
    ['Merci pour tout', 'fr', ['LANGUAGE_NOT_CHECKED']],
  ])('%s (%s): %p', (text, language, expected) => {
    expect(findingsIn(text, language)).toEqual(expected);
  });

  it.each([
    ['see https://example.org', true],
    ['see www.example', true],
    ['ขอบคุณ example.co.th', true],
    ['Thank you.I am glad.', false],
    ['It was great. Me too.', false],
  ])('%s has a link: %p', (text, expected) => {
    expect(hasLink(text)).toBe(expected);
  });

  it('a fault is told for each place', () => {
    const draft = { toStaffId: 'maria', fromType: 'FAMILY' as const, fromClientId: 'c', body: 'http://a.b' };
    expect(noteFaults(draft).map(({ path, code }) => [path, code])).toEqual([
      ['body', 'LINK'],
      ['fromClientId', 'NOT_A_CLIENT'],
    ]);
    expect(noteFaults({ ...draft, fromClientId: null, body: ' \n' })[0]?.code).toBe('EMPTY');
  });
});

const draft = { toStaffId: 'maria', fromType: 'CLIENT' as const, body: 'Thank you.' };
const known = { receiverIsActive: true, occasionIsVerified: false };
const submitted = (body = draft.body): AppreciationNote => {
  const decided = submitNote({ ...draft, body }, known, { id: 'jonah', now });
  if (!('insert' in decided)) throw new Error('refused');
  return decided.insert;
};
const note = submitted();

describe('a note', () => {
  it.each([
    ['to somebody unknown', { ...known, receiverIsActive: false }, draft, 'toStaffId UNKNOWN'],
    ['to oneself', known, { ...draft, toStaffId: 'jonah' }, 'toStaffId YOURSELF'],
    ['for an event that did not happen', known, { ...draft, occasionId: 'x' }, 'occasionId UNKNOWN'],
  ])('%s is refused', (_case, facts, input, expected) => {
    expect(submitNote(input, facts, { id: 'jonah', now })).toMatchObject({
      issues: [{ path: expected.split(' ')[0], code: expected.split(' ')[1] }],
    });
  });

  it.each<[NoteModeration, 'APPROVE' | 'REJECT', boolean]>([
    ['PENDING', 'APPROVE', true],
    ['PENDING', 'REJECT', true],
    ['ESCALATED', 'APPROVE', false],
    ['ESCALATED', 'REJECT', true],
    ['APPROVED', 'REJECT', false],
    ['REJECTED', 'APPROVE', false],
  ])('that is %s: %s is allowed: %p', (moderation, decision, allowed) => {
    const decided = moderateNote({ ...note, moderation }, { decision, reason: 'why' }, { id: 'sam', now });
    expect('update' in decided).toBe(allowed);
  });

  it('with words of crisis is never praise', () => {
    expect(submitted('I want to die').moderation).toBe('ESCALATED');
  });
});

describe('others read a note', () => {
  const authorization = { signedOn: '2036-03-01', reference: 'Form 7' };
  const text = 'Thank you for staying with me.';
  it.each([
    ['PUBLIC without authorization', { visibility: 'PUBLIC', text }, ['authorization REQUIRED']],
    [
      'TEAM without text',
      { visibility: 'TEAM', authorization: { ...authorization, reference: ' ' } },
      ['authorization REQUIRED', 'text REQUIRED'],
    ],
    [
      'with an authorization of tomorrow and a name',
      {
        visibility: 'TEAM',
        text: 'Thank you maria',
        authorization: { ...authorization, signedOn: '2036-03-04' },
      },
      ['authorization.signedOn IN_FUTURE', 'text IDENTIFIES'],
    ],
    ['with an authorization and nothing that identifies', { visibility: 'PUBLIC', text, authorization }, []],
    ['no more', { visibility: 'PRIVATE' }, []],
  ] as const)('%s', (_case, sharing, expected) => {
    expect(sharingFaults(sharing, at).map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
  });
});

describe('a note is', () => {
  const standing = (viewerId: string, more: Partial<Standing> = {}): Standing => ({
    ...{ viewerId, moderates: false, told: false, isTeam: false },
    ...more,
  });
  const delivered: AppreciationNote = { ...note, moderation: 'APPROVED', deliveredAt: now };
  it.each([
    [
      'unknown to its receiver before it is approved',
      note,
      standing('maria', { moderates: true }),
      [false, false],
    ],
    ['read by its receiver afterwards', delivered, standing('maria'), [true, true]],
    ['read by who wrote it down', note, standing('jonah'), [true, true]],
    ['read by a moderator', note, standing('sam', { moderates: true }), [true, true]],
    ['read by a clinician who was told of its crisis', note, standing('ola', { told: true }), [true, true]],
    ['unknown to a colleague', delivered, standing('otto', { isTeam: true }), [false, false]],
    [
      'shared with the team',
      { ...delivered, visibility: 'TEAM' as const },
      standing('otto', { isTeam: true }),
      [true, false],
    ],
    [
      'not shared beyond the team',
      { ...delivered, visibility: 'TEAM' as const },
      standing('ivo'),
      [false, false],
    ],
    ['shared with all', { ...delivered, visibility: 'PUBLIC' as const }, standing('ivo'), [true, false]],
  ])('%s', (_case, one, viewer, expected) => {
    expect([mayKnow(one, viewer), readsBody(one, viewer)]).toEqual(expected);
  });

  it('decided by nobody who wrote it down or is thanked', () => {
    for (const id of ['maria', 'jonah'])
      expect(allowedCommands(note, standing(id, { moderates: true }))).toEqual([]);
    expect(allowedCommands(note, standing('sam', { moderates: true }))).toEqual(['APPROVE', 'REJECT']);
    expect(allowedCommands(delivered, standing('maria'))).toEqual(['SHARE', 'REACT']);
  });
});
