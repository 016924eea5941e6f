import { mayRead, StaffStandingEntity, type Care } from '@throughline/care';
import { uuidV7 } from '@throughline/events';
import { isUuid, roles } from '@throughline/graphql';
import {
  invalidInput,
  invalidTransition,
  isProblem,
  notFound,
  staleVersion,
  wrongForm,
  type IdempotencyConflict,
  type InputIssue,
  type Problem,
} from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type {
  NameCounselingReaderInput,
  RemoveCounselingReaderInput,
  ReviseCounselingNoteInput,
  SignCounselingNoteInput,
  WriteCounselingNoteInput,
} from '../../generated/graphql.ts';
import { counselingFaults, type CounselingNote } from './counseling-note.ts';
import type { Asking } from './counseling-vault.ts';

type Answer = CounselingNote | Problem;
/** With the faults of the form of the input, which `act` found. */
type Acting = Context & { inputFaults?: readonly InputIssue[] };

const missing = notFound('CounselingNote');
const conflict: IdempotencyConflict = {
  kind: 'IdempotencyConflict',
  message: 'This idempotency key was already used for something else.',
};

export const askingOf = ({ viewer, now }: Context): Asking => ({ staffId: viewer.id, now: now() });

/**
 * These commands do not go through `command`: it writes receipts and facts into tables that everybody of the service
 * reads, and of a counseling note nothing may stand there, not even that it exists.
 */
export async function writeCounselingNote(context: Acting, input: WriteCounselingNoteInput): Promise<Answer> {
  const { care: reader, viewer, vault, now, timeZone } = context;
  const at = { now: now(), timeZone };
  const faults = [...(context.inputFaults ?? []), ...counselingFaults(input, at)];
  if (faults.length > 0) return invalidInput(faults);
  await reader.awaitFor(viewer, input.clientId);
  const care = await careOf(context, input.clientId);
  if (!care || !reader.mayChange(viewer, care, 'CLINICAL')) return notFound('Client');

  const amended = input.amendsId ? await vault.placeOf(askingOf(context), input.amendsId) : null;
  if (input.amendsId && amended?.clientId !== care.clientId) return missing;
  if (amended && !amended.signedAt)
    return invalidTransition('UNSIGNED', 'writeCounselingNote', ['reviseCounselingNote']);
  const { kind, text, sessionOn, idempotencyKey: key = null } = input;
  const note = {
    id: uuidV7(at.now),
    clientId: care.clientId,
    kind,
    text,
    sessionOn,
    amendsId: amended?.id ?? null,
  };
  return (await vault.write(askingOf(context), { ...note, key })) ?? conflict;
}

/** The author changes the text until it is signed. A change whose answer was lost can be sent again. */
export async function reviseCounselingNote(
  context: Acting,
  input: ReviseCounselingNoteInput,
): Promise<Answer> {
  const note = await ownNote(context, input.id);
  if (isProblem(note)) return note;
  const { version, signedAt } = note;
  if (signedAt) return invalidTransition('SIGNED', 'reviseCounselingNote', ['writeCounselingNote']);
  if (note.text === input.text && version - input.expectedVersion <= 1) return note;
  const revised = await context.vault.revise(askingOf(context), { ...input, id: note.id });
  return revised ?? staleVersion(version);
}

/** From then on the note never changes. Signed twice it is signed once. */
export async function signCounselingNote(context: Acting, input: SignCounselingNoteInput): Promise<Answer> {
  const note = await ownNote(context, input.id);
  if (isProblem(note)) return note;
  if (note.signedAt) return note;
  const signed = await context.vault.sign(askingOf(context), { ...input, id: note.id });
  return signed ?? staleVersion(note.version);
}

/** Only a clinician who works with the client can be named, and reads it as long as that is so. */
export async function nameCounselingReader(
  context: Acting,
  input: NameCounselingReaderInput,
): Promise<Answer> {
  const note = await ownNote(context, input.id);
  if (isProblem(note)) return note;
  const { clinicianId } = input;
  if (clinicianId === note.authorId || !(await isClinicianOf(context, note.clientId, clinicianId)))
    return invalidInput([notOnTeam]);
  await context.vault.name(askingOf(context), note.id, clinicianId);
  return (await context.vault.find(askingOf(context), note.id)) ?? missing;
}

export async function removeCounselingReader(
  context: Acting,
  input: RemoveCounselingReaderInput,
): Promise<Answer> {
  const note = await ownNote(context, input.id);
  if (isProblem(note)) return note;
  await context.vault.remove(askingOf(context), note.id, input.clinicianId);
  return (await context.vault.find(askingOf(context), note.id)) ?? missing;
}

const notOnTeam = {
  path: 'clinicianId',
  code: 'NOT_ON_TEAM',
  message: 'Name another clinician who works with the client.',
};

/** The note, when it is the own one and its author still works with the client. */
async function ownNote(context: Acting, id: string): Promise<Answer> {
  const faulty = wrongForm(context);
  if (faulty) return faulty;
  const { vault, viewer, care: reader } = context;
  const place = isUuid(id) ? await vault.placeOf(askingOf(context), id) : null;
  if (place?.authorId !== viewer.id) return missing;
  const care = await careOf(context, place.clientId);
  if (!reader.mayChange(viewer, care, 'CLINICAL')) return missing;
  return (await vault.find(askingOf(context), id)) ?? missing;
}

async function careOf({ care, db }: Context, clientId: string): Promise<Care | null> {
  return (await care.careIn(db.manager, [clientId])).get(clientId.toLowerCase()) ?? null;
}

/** As the staff record says now, not as a token said hours ago. */
async function isClinicianOf(context: Context, clientId: string, id: string): Promise<boolean> {
  const staff = await context.db.manager.findOneBy(StaffStandingEntity, { staffId: id });
  if (!staff?.active || !staff.roles?.includes('CLINICIAN')) return false;
  const held = roles.filter((role) => staff.roles?.includes(role));
  const viewer = { id, roles: held, agencyId: null, graph: 'STAFF' as const };
  return mayRead(viewer, await careOf(context, clientId), 'CLINICAL');
}
