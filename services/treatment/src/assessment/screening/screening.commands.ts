import type { CareTeam } from '@throughline/care-team';
import { safetyFlagRaised, screeningScored, uuidV7, type Fact } from '@throughline/events';
import {
  type InputIssue,
  invalidInput,
  invalidTransition,
  isProblem,
  isUuid,
  notFound,
  type Problem,
} from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import { dayIn, momentOf, today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { teamForWriting } from '../access/team-for-writing.ts';
import type { Context } from '../../context.ts';
import type { RecordScreeningInput } from '../../generated/graphql.ts';
import { findInstrument } from '../instrument/definitions.ts';
import { faultsOf, isForAge, score, type Instrument } from '../instrument/instrument.ts';
import { ScreeningEntity } from './screening.entity.ts';
import { newFlags, type Screening } from './screening.ts';

export interface InstrumentNotForAge extends Problem {
  kind: 'InstrumentNotForAge';
  youngest: number;
  oldest: number | null;
}

/** Refuses what cannot be scored, then scores, signs and records in one transaction. */
export async function recordScreening(
  context: Context,
  input: RecordScreeningInput,
): Promise<Screening | Problem> {
  const { db, viewer } = context;
  const team = await teamForWriting(context, input.clientId);
  if (isProblem(team)) return team;

  const instrument = findInstrument(input.instrument);
  if (!instrument) return invalidInput([unknownInstrument]);
  const issues = issuesOf(instrument, input, momentOf(context));
  if (issues.length > 0) return invalidInput(issues);
  if (!isForAge(instrument, input.clientAge)) return notForAge(instrument);

  const attempt = { viewerId: viewer.id, command: 'recordScreening', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once(
      tx,
      attempt,
      () => write(tx, context, team, makeScreening(context, instrument, input)),
      (id) => tx.findOneByOrFail(ScreeningEntity, { id }),
    ),
  );
}

const unknownInstrument: InputIssue = {
  path: 'instrument',
  code: 'UNKNOWN',
  message: 'There is no such instrument; ask `instruments` for the list.',
};

function issuesOf(instrument: Instrument, input: RecordScreeningInput, at: Moment): InputIssue[] {
  const issues: InputIssue[] = faultsOf(instrument, input.answers).map(({ index, code, message }) => ({
    path: `answers.${index}`,
    code,
    message,
  }));
  if (input.answers.length === 0)
    issues.push({ path: 'answers', code: 'REQUIRED', message: 'Send at least one answer.' });
  if ((input.administeredOn ?? '') > today(at))
    issues.push({ path: 'administeredOn', code: 'IN_FUTURE', message: 'This day has not come yet.' });
  if (input.clientAge < 0 || input.clientAge > 130)
    issues.push({ path: 'clientAge', code: 'OUT_OF_RANGE', message: 'Age must be 0 to 130 years.' });
  return issues;
}

function notForAge({ code, ages }: Instrument): InstrumentNotForAge {
  const upTo = ages.to === null ? 'and older' : `to ${ages.to}`;
  return {
    kind: 'InstrumentNotForAge',
    message: `${code} is valid for ages ${ages.from} ${upTo} only; choose another instrument.`,
    youngest: ages.from,
    oldest: ages.to,
  };
}

function makeScreening(
  { viewer, now, timeZone }: Context,
  instrument: Instrument,
  input: RecordScreeningInput,
): Screening {
  const at = now();
  const answers = input.answers.map(({ item, value }) => ({ item, value }));
  return {
    id: uuidV7(at),
    clientId: input.clientId.toLowerCase(),
    instrument: instrument.code,
    instrumentVersion: instrument.version,
    answers,
    ...score(instrument, answers),
    mode: input.mode,
    language: input.language,
    clientAge: input.clientAge,
    administeredOn: input.administeredOn ?? dayIn(timeZone, at),
    administeredBy: viewer.id,
    signedAt: at,
    supersedes: input.supersedes?.toLowerCase() ?? null,
  };
}

async function write(
  tx: EntityManager,
  { cause }: Context,
  team: CareTeam,
  screening: Screening,
): Promise<Screening | Problem> {
  const corrected = await findCorrected(tx, screening);
  if (corrected && isProblem(corrected)) return corrected;

  // The unique index decides between two corrections made at the same moment.
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(ScreeningEntity)
    .values(screening)
    .orIgnore()
    .returning('id')
    .execute();
  if ((inserted.raw as unknown[]).length === 0) return invalidTransition('SUPERSEDED', 'recordScreening', []);

  await record(tx, cause, ...factsOf(screening, newFlags(screening, corrected), team));
  return screening;
}

async function findCorrected(
  tx: EntityManager,
  { supersedes, clientId, instrument }: Screening,
): Promise<Screening | Problem | null> {
  if (!supersedes) return null;
  const corrected = isUuid(supersedes)
    ? await tx.findOneBy(ScreeningEntity, { id: supersedes, clientId, instrument })
    : null;
  return corrected ?? notFound('Screening');
}

function factsOf(screening: Screening, flags: string[], team: CareTeam): Fact[] {
  const { id: screeningId, clientId, signedAt } = screening;
  const scored = screeningScored.of(clientId, signedAt, {
    screeningId,
    clientId,
    instrument: screening.instrument,
    instrumentVersion: screening.instrumentVersion,
    band: screening.band,
    positive: screening.positive ?? false,
    flags: screening.flags,
  });
  const raised = flags.map((flag) =>
    safetyFlagRaised.of(clientId, signedAt, {
      screeningId,
      clientId,
      flag,
      authorId: screening.administeredBy,
      caseManagerId: team.caseManagerId,
      supervisorId: team.supervisorId,
    }),
  );
  return [scored, ...raised];
}
