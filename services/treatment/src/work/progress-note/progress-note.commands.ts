import { StaffStandingEntity, type Care } from '@throughline/care';
import { command, type Tools } from '@throughline/command';
import { hasRole, type Viewer } from '@throughline/graphql';
import { isProblem, notFound, wrongForm, type Problem } from '@throughline/graphql/problems';
import { IsNull, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  AmendNoteInput,
  CosignNoteInput,
  ReturnNoteInput,
  SaveNoteDraftInput,
  SignNoteInput,
  WithdrawNoteDraftInput,
} from '../../generated/graphql.ts';
import { markWorkedOn } from '../../planning/goal/goal.entity.ts';
import { isQualified } from '../qualification/qualification.entity.ts';
import { cosignerOf } from './cosigner.ts';
import { foreignLink, impliedLabels, linksArrive } from './links.ts';
import * as signing from './note-signing.ts';
import { NoteAddendumEntity, ProgressNoteEntity } from './progress-note.entity.ts';
import * as notes from './progress-note.ts';

type Note = notes.ProgressNote;
const part = 'CLINICAL';

/** A save without id begins a draft; with an id it goes on with the own one. */
export async function saveNoteDraft(context: Context, input: SaveNoteDraftInput): Promise<Note | Problem> {
  const faulty = wrongForm(context);
  if (faulty) return faulty;
  await linksArrive(context, input);
  return input.id ? saveAgain(context, input, input.id) : begin(context, input);
}

const begin = (context: Context, input: SaveNoteDraftInput) =>
  command(
    context,
    {
      ...{ name: 'saveNoteDraft', input, client: input.clientId, creates: ProgressNoteEntity, part },
      check: (now) => notes.draftFaults(input, { now, timeZone: context.timeZone }),
    },
    async ({ clientId }, { tx, now, viewer }) => {
      const begun = notes.beginDraft(clientId, input, { id: viewer.id, now });
      const foreign = begun.insert && (await foreignLink(tx, context.consequences, begun.insert));
      return foreign ?? begun;
    },
  );

/** The rule compares the versions, because its answer has both texts. */
const saveAgain = (context: Context, input: SaveNoteDraftInput, id: string) =>
  command(
    context,
    {
      ...{ name: 'saveNoteDraft', input: { ...input, expectedVersion: null } },
      lock: [ProgressNoteEntity, id],
      may: isOwn(context),
      check: (now) => notes.savedFaults(input, { now, timeZone: context.timeZone }),
    },
    async (note, { tx, now }) => {
      if (input.clientId !== note.clientId) return notFound('ProgressNote');
      const draft = { ...input, expectedVersion: input.expectedVersion ?? 0 };
      const saved = notes.saveDraft(note, draft, now);
      if (isProblem(saved) || !saved.update) return saved;
      return (await foreignLink(tx, context.consequences, saved.update)) ?? saved;
    },
  );

/** The act counts as work on the goals at the signature of the author, also while a supervisor is waited for. */
export const signNote = (context: Context, input: SignNoteInput) =>
  command(
    context,
    { name: 'signNote', input, lock: [ProgressNoteEntity, input.id], may: isOwn(context) },
    async (note, { tx, now, viewer, care }) => {
      const implied = await impliedLabels(tx, context.consequences, note);
      const signed = signing.signNote(note, await signerOf(tx, viewer, care), implied, now);
      if (isProblem(signed)) return signed;
      return { ...signed, also: () => markWorkedOn(tx, note.goalIds, now) };
    },
  );

export const cosignNote = (context: Context, input: CosignNoteInput) =>
  command(
    context,
    { name: 'cosignNote', input, lock: [ProgressNoteEntity, input.id], may: isSeen(context) },
    async (note, { tx, now, viewer }) => {
      const waits = { noteId: note.id, needsCosignature: true, cosignedAt: IsNull() };
      const addenda = await tx.findBy(NoteAddendumEntity, waits);
      const cosigned = signing.cosignNote(note, addenda, { id: viewer.id, now });
      if (isProblem(cosigned)) return cosigned;
      const mark = { cosignedAt: now, cosignedBy: viewer.id };
      return { ...cosigned, also: () => tx.update(NoteAddendumEntity, waits, mark) };
    },
  );

export const returnNote = (context: Context, input: ReturnNoteInput) =>
  command(
    context,
    { name: 'returnNote', input, lock: [ProgressNoteEntity, input.id], may: isSeen(context) },
    async (note, { tx, now, viewer }) => {
      const addenda = await tx.countBy(NoteAddendumEntity, { noteId: note.id });
      return signing.returnNote(note, { reason: input.reason, addenda }, { id: viewer.id, now });
    },
  );

export const amendNote = (context: Context, input: AmendNoteInput) =>
  command(
    context,
    { name: 'amendNote', input, lock: [ProgressNoteEntity, input.id], may: isSeen(context) },
    async (note, { tx, now, viewer, care }) => {
      const amended = signing.amendNote(note, input, await signerOf(tx, viewer, care), now);
      if (isProblem(amended)) return amended;
      const { addendum, ...change } = amended;
      return { ...change, also: () => tx.insert(NoteAddendumEntity, addendum) };
    },
  );

export const withdrawNoteDraft = (context: Context, input: WithdrawNoteDraftInput) =>
  command(
    context,
    {
      ...{ name: 'withdrawNoteDraft', input, lock: [ProgressNoteEntity, input.id] as const },
      may: (care, note) => isOwn(context)(care, note) || (isSeen(context)(care, note) && supervises(context)),
    },
    (note, { now }) => notes.withdrawDraft(note, now),
  );

const supervises = ({ viewer }: Context) => hasRole(viewer, 'SUPERVISOR');

/** To everybody else the draft does not exist. */
const isOwn =
  ({ care: reader, viewer }: Context) =>
  (care: Care | null, { authorId }: Note) =>
    authorId === viewer.id && reader.mayChange(viewer, care, part);

/** As the loaders show it: a supervisor knows that the draft of somebody else exists. */
const isSeen =
  (context: Context) =>
  (care: Care | null, note: Note): boolean => {
    const { care: reader, viewer } = context;
    const isOpen = notes.isTextOpen(note, viewer.id) || (note.status === 'DRAFT' && supervises(context));
    return isOpen && reader.mayChange(viewer, care, part);
  };

async function supervisorOf(tx: EntityManager, staffId: string) {
  const id = (await tx.findOneBy(StaffStandingEntity, { staffId }))?.supervisorId;
  return id ? { id, standing: await tx.findOneBy(StaffStandingEntity, { staffId: id }) } : null;
}

/** Clinicians are licensed, and supervisors no trainees. Source: infra/reference/domain.md 1.3, 1.5. */
async function signerOf(tx: EntityManager, viewer: Viewer, care: Tools['care']): Promise<signing.Signer> {
  const { id } = viewer;
  const isClinician = hasRole(viewer, 'CLINICIAN');
  const isTrainee = !hasRole(viewer, 'CLINICIAN', 'SUPERVISOR') && !(await isQualified(tx, id));
  return { id, isClinician, isTrainee, supervisorId: cosignerOf(await supervisorOf(tx, id), care) };
}
