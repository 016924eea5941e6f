import { command, lockRow } from '@throughline/command';
import { isUuid } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import { notify } from '../../duty/telling/notify.ts';
import type {
  ModerateAppreciationInput,
  ReactToAppreciationInput,
  ShareAppreciationInput,
  SubmitAppreciationInput,
} from '../../generated/graphql.ts';
import type { NotificationCode } from '../../inbox/notification/notification.ts';
import { StaffEntity } from '../../inbox/staff/staff.entity.ts';
import { DeedEntity } from '../recognition/deed.entity.ts';
import { NoteEntity, standingsTo } from './note.entity.ts';
import {
  mayModerate,
  moderateNote,
  moderationFaults,
  noteFaults,
  reactTo,
  shareNote,
  sharingFaults,
  submitNote,
  type AppreciationNote,
} from './note.ts';

/** Who works with the client may say that the client thanks; for everybody else the client does not exist. */
export const submitAppreciation = (context: Context, input: SubmitAppreciationInput) => {
  const options = {
    ...{ name: 'submitAppreciation', input, creates: NoteEntity, part: 'SOCIAL' as const },
    check: () => noteFaults(input),
  };
  const rule = async (_seen: unknown, { tx, now }: { tx: EntityManager; now: Date }) => {
    const decided = submitNote(input, await knownOf(tx, input), { id: context.viewer.id, now });
    if (!('insert' in decided) || decided.insert.moderation !== 'ESCALATED') return decided;
    const { insert } = decided;
    return { insert, also: () => tell(tx, context, insert, 'NOTE_IN_CRISIS') };
  };
  return input.fromClientId
    ? command(context, { ...options, client: input.fromClientId }, rule)
    : command(context, { ...options, clientOf: () => null }, rule);
};

async function knownOf(tx: EntityManager, { toStaffId, occasionId }: SubmitAppreciationInput) {
  const receiverIsActive =
    isUuid(toStaffId) && (await tx.existsBy(StaffEntity, { id: toStaffId, active: true }));
  const occasion = { staffId: toStaffId, subjectId: occasionId ?? '' };
  const isId = receiverIsActive && isUuid(occasion.subjectId);
  return { receiverIsActive, occasionIsVerified: isId && (await tx.existsBy(DeedEntity, occasion)) };
}

/** Tells receiver or reviewers in the transaction of the command. */
function tell(
  tx: EntityManager,
  context: Context,
  note: AppreciationNote,
  code: NotificationCode,
): Promise<void> {
  const desk = { now: context.now, timeZone: context.timeZone, channels: context.channels };
  const cause = { id: note.id, cause: context.cause, occurredAt: context.now() };
  const clientId = code === 'NOTE_IN_CRISIS' ? note.fromClientId : null;
  const named = { caseManagerId: note.toStaffId };
  return notify(tx, desk, cause, { code, subjectId: note.id, clientId, named });
}

export const moderateAppreciation = (context: Context, input: ModerateAppreciationInput) =>
  command(
    context,
    {
      ...{ name: 'moderateAppreciation', input, what: 'AppreciationNote', clientOf: () => null },
      lock: [NoteEntity, input.id, (tx, id) => findNote(tx, context, id)],
      may: (_care, { row, standing }: SeenNote) => mayModerate(row, standing),
      check: () => moderationFaults(input),
    },
    ({ row }, { tx, now, viewer }) => {
      const decided = moderateNote(row, input, { id: viewer.id, now });
      if (!('update' in decided) || decided.update.moderation !== 'APPROVED') return decided;
      const { update } = decided;
      return { update, also: () => tell(tx, context, update, 'APPRECIATION_RECEIVED') };
    },
  );

type SeenNote = NonNullable<Awaited<ReturnType<typeof findNote>>>;

async function findNote(tx: EntityManager, { viewer }: Context, id: string) {
  const row = await lockRow(tx, NoteEntity, id);
  if (!row) return null;
  const [standing] = await standingsTo(tx, viewer, [row.id]);
  return standing ? { row, standing } : null;
}

/** Only the receiver shares, and only what was delivered exists for the receiver. */
const isReceiver = ({ viewer }: Context) => ({
  clientOf: () => null,
  may: (_care: unknown, { toStaffId, moderation }: AppreciationNote) =>
    toStaffId === viewer.id && moderation === 'APPROVED',
});

export const shareAppreciation = (context: Context, input: ShareAppreciationInput) =>
  command(
    context,
    {
      ...{ name: 'shareAppreciation', input, lock: [NoteEntity, input.id], ...isReceiver(context) },
      check: (now) => sharingFaults(input, { now, timeZone: context.timeZone }),
    },
    (note) => shareNote(note, input),
  );

export const reactToAppreciation = (context: Context, input: ReactToAppreciationInput) =>
  command(
    context,
    { name: 'reactToAppreciation', input, lock: [NoteEntity, input.id], ...isReceiver(context) },
    (note) => reactTo(note, input.reaction),
  );
