import type { Care } from '@throughline/care';
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
import { momentOf, today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { careForWriting } from '../access/care-for-writing.ts';
import type { Context } from '../../context.ts';
import type { RecordScreeningInput } from '../../generated/graphql.ts';
import { ageOn, type AgeOnDay } from '../age/client-age.ts';
import { ClientAgeEntity } from '../age/client-age.entity.ts';
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
  const care = await careForWriting(context, input.clientId);
  if (isProblem(care)) return care;

  const instrument = findInstrument(input.instrument);
  if (!instrument) return invalidInput([unknownInstrument]);
  const attempt = { viewerId: viewer.id, command: 'recordScreening', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<Screening | Problem>(
      tx,
      attempt,
      async () => {
        const screening = await examine(tx, context, instrument, input);
        return isProblem(screening) ? screening : write(tx, context, care, screening);
      },
      (id) => tx.findOneByOrFail(ScreeningEntity, { id }),
    ),
  );
}

/** The scored screening, or everything that is wrong with it. */
async function examine(
  tx: EntityManager,
  context: Context,
  instrument: Instrument,
  input: RecordScreeningInput,
): Promise<Screening | Problem> {
  const administeredOn = input.administeredOn ?? today(momentOf(context));
  const history = await tx.findBy(ClientAgeEntity, { clientId: input.clientId });
  const age = ageOn(administeredOn, history, context.timeZone);
  const issues = [
    ...answerIssues(instrument, input.answers),
    ...dayIssues(administeredOn, age, momentOf(context)),
  ];
  if (issues.length > 0) return invalidInput(issues);
  if (!age || !isForAge(instrument, age)) return notForAge(instrument, age);
  return makeScreening(context, instrument, { ...input, administeredOn, ageGroup: age.ageGroup });
}

const unknownInstrument: InputIssue = {
  path: 'instrument',
  code: 'UNKNOWN',
  message: 'There is no such instrument; ask `instruments` for the list.',
};

function answerIssues(instrument: Instrument, answers: RecordScreeningInput['answers']): InputIssue[] {
  if (answers.length === 0)
    return [{ path: 'answers', code: 'REQUIRED', message: 'Send at least one answer.' }];
  return faultsOf(instrument, answers).map(({ index, code, message }) => ({
    path: `answers.${index}`,
    code,
    message,
  }));
}

function dayIssues(administeredOn: string, age: AgeOnDay | null, at: Moment): InputIssue[] {
  const path = 'administeredOn';
  if (administeredOn > today(at)) return [{ path, code: 'IN_FUTURE', message: 'This day has not come yet.' }];
  // Only the age group is known here. It proves a day to lie before the birth; near the birth it proves nothing.
  return age && age.oldest < 0
    ? [{ path, code: 'BEFORE_BIRTH', message: 'On this day the client was not born yet.' }]
    : [];
}

function notForAge({ code, ages }: Instrument, age: AgeOnDay | null): InstrumentNotForAge {
  const upTo = ages.to === null ? 'and older' : `to ${ages.to}`;
  const advice = age
    ? 'choose another instrument.'
    : 'record the date of birth or the age band of the client first.';
  return {
    kind: 'InstrumentNotForAge',
    message: `${code} is valid for ages ${ages.from} ${upTo} only; ${advice}`,
    youngest: ages.from,
    oldest: ages.to,
  };
}

function makeScreening(
  { viewer, now }: Context,
  instrument: Instrument,
  input: RecordScreeningInput & Pick<Screening, 'administeredOn' | 'ageGroup'>,
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
    ageGroup: input.ageGroup,
    administeredOn: input.administeredOn,
    administeredBy: viewer.id,
    signedAt: at,
    supersedes: input.supersedes?.toLowerCase() ?? null,
  };
}

async function write(
  tx: EntityManager,
  { cause }: Context,
  care: Care,
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

  await record(tx, cause, ...factsOf(screening, newFlags(screening, corrected), care));
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

function factsOf(screening: Screening, flags: string[], care: Care): Fact[] {
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
      caseManagerId: care.caseManagerId,
      supervisorId: care.supervisorId,
    }),
  );
  return [scored, ...raised];
}
