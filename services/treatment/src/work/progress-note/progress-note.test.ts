import { randomUUID } from 'node:crypto';
import { isProblem } from '@throughline/graphql/problems';
import fc from 'fast-check';
import {
  amendNote,
  cosignNote,
  returnNote,
  signNote,
  type NoteAddendum,
  type Signer,
} from './note-signing.ts';
import {
  beginDraft,
  commandsFor,
  draftFaults,
  saveDraft,
  withdrawDraft,
  type NoteDraft,
  type ProgressNote,
} from './progress-note.ts';

const now = new Date('2026-11-23T12:00:00Z');
const at = { now, timeZone: 'America/New_York' };
const [author, supervisor, other] = [randomUUID(), randomUUID(), randomUUID()];
const signer: Signer = { id: author, isClinician: false, isTrainee: false, supervisorId: supervisor };
const trainee: Signer = { ...signer, isTrainee: true };
const goal = randomUUID();
const draft: NoteDraft = {
  ...{ kind: 'CASE_MANAGEMENT', narrative: 'Called the landlord', occurredOn: '2026-11-23' },
  goalIds: [goal],
};
const begun = (change: Partial<NoteDraft> = {}): ProgressNote => {
  const { insert } = beginDraft(randomUUID(), { ...draft, ...change }, { id: author, now }) as {
    insert: ProgressNote;
  };
  return insert;
};
const updated = (decided: object): ProgressNote => {
  if (isProblem(decided) || !('update' in decided)) throw new Error(JSON.stringify(decided));
  return decided.update as ProgressNote;
};
const signed = (by: Signer, change: Partial<NoteDraft> = {}) => updated(signNote(begun(change), by, [], now));
const codes = (decided: object) =>
  'issues' in decided
    ? (decided.issues as { path: string; code: string }[]).map((i) => `${i.path} ${i.code}`)
    : [];

describe('a draft', () => {
  it.each<[Partial<NoteDraft>, string[]]>([
    [{ labels: ['SUD', 'IPV'] }, []],
    [{ labels: ['PSYTHER_NOTE', 'SUD_NOTE', 'CONTACT'] }, ['labels.0', 'labels.1', 'labels.2']],
    [{ occurredOn: '2026-11-24' }, ['occurredOn']],
  ])('%j has faults at %j', (change, paths) => {
    expect(draftFaults({ ...draft, ...change }, at).map(({ path }) => path)).toEqual(paths);
  });

  it('is of the day of the program, half an hour before its midnight', () => {
    const late = { ...at, now: new Date('2026-11-24T04:30:00Z') };
    expect(draftFaults({ ...draft, occurredOn: '2026-11-24' }, late)).toHaveLength(1);
    expect(draftFaults({ ...draft, occurredOn: '2026-11-23' }, late)).toEqual([]);
  });

  it('of another tab is offered, and the same text twice is one save', () => {
    const first = begun();
    const mine = updated(saveDraft(first, { ...draft, narrative: 'Mine', expectedVersion: 1 }, now));
    const saved = { ...mine, version: 2 };
    expect(saveDraft(saved, { ...draft, narrative: 'Theirs', expectedVersion: 1 }, now)).toMatchObject({
      ...{ kind: 'NoteDraftConflict', currentVersion: 2, saved: { narrative: 'Mine' }, yours: 'Theirs' },
    });
    const again = saveDraft(saved, { ...draft, narrative: 'Mine', expectedVersion: 1 }, now);
    expect(updated(again)).toBe(saved);
  });
});

describe('the signature', () => {
  it.each<[string, Partial<NoteDraft>, Partial<Signer>, string[]]>([
    ['whole', {}, {}, []],
    ['blank', { narrative: ' \n' }, {}, ['narrative MISSING']],
    ['without a goal', { goalIds: [] }, {}, ['goalIds MISSING']],
    ['without a goal and with a reason', { goalIds: [], withoutGoal: 'No plan yet' }, {}, []],
    ['of a session', { kind: 'GROUP_SESSION' }, {}, ['kind OUT_OF_SCOPE']],
    ['of a session by a clinician', { kind: 'GROUP_SESSION' }, { isClinician: true }, []],
  ])('of a note that is %s', (_what, change, by, faults) => {
    expect(codes(signNote(begun(change), { ...signer, ...by }, [], now))).toEqual(faults);
  });

  it('adds the labels of the records behind the note, and takes none away', () => {
    const note = begun({ labels: ['IPV'] });
    expect(updated(signNote(note, signer, ['SUD', 'SUD'], now)).labels).toEqual(['IPV', 'SUD']);
  });

  it('of a trainee waits for a supervisor, who is not the author', () => {
    const waits = signed(trainee);
    expect(waits).toMatchObject({ status: 'AWAITING_COSIGNATURE', cosignerId: supervisor });
    expect(cosignNote(waits, [], { id: author, now })).toMatchObject({ kind: 'Forbidden' });
    const done = updated(cosignNote(waits, [], { id: other, now }));
    expect(done).toMatchObject({ status: 'SIGNED', cosignedBy: other });
    expect(returnNote(done, { reason: 'x', addenda: 0 }, { id: other, now })).toMatchObject({
      kind: 'InvalidTransition',
    });
  });

  it('comes back only while nothing of the note is signed whole', () => {
    const waits = signed(trainee);
    const back = updated(returnNote(waits, { reason: 'Who called?', addenda: 0 }, { id: supervisor, now }));
    expect(back).toMatchObject({ status: 'DRAFT', signedAt: null, returnedReason: 'Who called?' });
    expect(returnNote(waits, { reason: 'x', addenda: 1 }, { id: supervisor, now })).toMatchObject({
      from: 'AWAITING_COSIGNATURE',
    });
  });
});

describe('an addition', () => {
  const more = { reason: 'CORRECTION', text: 'It was Tuesday' } as const;

  it('leaves the note as it is, and that of a trainee waits', () => {
    const note = signed(signer);
    expect(amendNote(note, more, signer, now)).toMatchObject({ addendum: { needsCosignature: false } });
    expect(amendNote(note, more, signer, now)).not.toHaveProperty('update');
    const amended = amendNote(note, more, { ...trainee, id: other }, now);
    expect(amended).toMatchObject({ update: { status: 'AWAITING_COSIGNATURE', narrative: note.narrative } });
    const { addendum } = amended as { addendum: NoteAddendum };
    const waits = updated(amended);
    expect(cosignNote(waits, [addendum], { id: other, now })).toMatchObject({ kind: 'Forbidden' });
    expect(updated(cosignNote(waits, [addendum], { id: supervisor, now }))).toMatchObject({
      ...{ status: 'SIGNED', cosignedAt: null },
    });
  });

  it('is not for drafts', () => {
    expect(amendNote(begun(), more, signer, now)).toMatchObject({ from: 'DRAFT' });
  });
});

/** One step of a person; answers the note as it is then. */
const steps = {
  sign: (note: ProgressNote) => signNote(note, trainee, [], now),
  save: (note: ProgressNote) => saveDraft(note, { ...draft, narrative: 'Else', expectedVersion: 1 }, now),
  cosign: (note: ProgressNote) => cosignNote(note, [], { id: supervisor, now }),
  giveBack: (note: ProgressNote) => returnNote(note, { reason: 'x', addenda: 0 }, { id: supervisor, now }),
  withdraw: (note: ProgressNote) => withdrawDraft(note, now),
  amend: (note: ProgressNote) => amendNote(note, { reason: 'CORRECTION', text: 'x' }, trainee, now),
};
const names = Object.keys(steps) as (keyof typeof steps)[];

it('never changes the text of a note once it is signed whole, whatever is tried in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { maxLength: 12 }), (path) => {
      let note = begun();
      for (const name of path) {
        const before = note;
        const decided = steps[name](note);
        if (!isProblem(decided) && decided.update) note = decided.update;
        if (before.status !== 'SIGNED') continue;
        expect(note.narrative).toBe(before.narrative);
        expect(['SIGNED', 'AWAITING_COSIGNATURE']).toContain(note.status);
      }
    }),
  );
});

it.each([
  [begun(), author, false, ['saveNoteDraft', 'signNote', 'withdrawNoteDraft']],
  [begun(), supervisor, true, ['withdrawNoteDraft']],
  [signed(trainee), author, false, ['amendNote']],
  [signed(trainee), supervisor, true, ['cosignNote', 'returnNote', 'amendNote']],
  [signed(signer), other, false, ['amendNote']],
])('names what can be done (%#)', (note, id, isSupervisor, expected) => {
  expect(commandsFor(note, { id, isSupervisor })).toEqual(expected);
});
