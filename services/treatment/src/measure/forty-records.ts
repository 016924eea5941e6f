import type { EntityManager } from 'typeorm';
import { CrisisAlertEntity } from '../crisis/crisis-alert/crisis-alert.entity.ts';
import { EpisodeEntity } from '../episode/episode/episode.entity.ts';
import { OutcomeDataEntity } from '../episode/outcome-data/outcome-data.entity.ts';
import { StayEntity } from '../episode/stay/stay.entity.ts';
import type { Stay } from '../episode/stay/stay.ts';
import { VisitEntity } from '../episode/visit/visit.entity.ts';
import type { Visit } from '../episode/visit/visit.ts';
import { DiagnosisEntity } from '../assessment/diagnosis/diagnosis.entity.ts';
import { ScreeningEntity } from '../assessment/screening/screening.entity.ts';
import { CarePlanEntity } from '../planning/care-plan/care-plan.entity.ts';
import { GoalEntity } from '../planning/goal/goal.entity.ts';
import { at, newId, within, type Person } from './forty-clients.ts';
import { diagnosesOf, screened } from './forty-screenings.ts';

/** Records of this service, written as its own commands leave them. */
export async function writeRecords(tx: EntityManager, person: Person): Promise<void> {
  const episodeId = await writeEpisodes(tx, person);
  await tx.insert(StayEntity, staysOf(person, episodeId));
  await tx.insert(VisitEntity, visitsOf(person));
  await writeResults(tx, person, episodeId);
}

async function writeEpisodes(tx: EntityManager, { n, id: clientId, caseId }: Person): Promise<string> {
  const id = newId();
  const open = { endedAt: null, dischargeType: null, endReason: null };
  const ended = (time: Date) => ({
    phase: 'ENDED' as const,
    endedAt: time,
    dischargeType: 'OTHER',
    endReason: 'MOVED',
  });
  const episode = {
    ...{ id, clientId, caseId, phase: 'ACTIVE' as const, referralSource: null, version: 1, ...open },
    ...{ admittedAt: at('01-12T15:00:00'), startedAt: at('01-12T15:00:00') },
    ...{ kind: n < 28 ? ('MH' as const) : ('SUD' as const) },
    dateOfFirstContact: n < 20 ? '2026-01-05' : null,
    dateFirstAppointmentOffered: n < 15 ? '2026-01-10' : null,
  };
  await tx.insert(EpisodeEntity, n === 39 ? { ...episode, ...ended(at('01-30T15:00:00')) } : episode);
  const other = { ...episode, id: newId() };
  const before = new Date('2025-09-01T15:00:00Z');
  if (n === 36)
    await tx.insert(EpisodeEntity, {
      ...other,
      startedAt: before,
      ...ended(new Date('2025-10-20T15:00:00Z')),
    });
  if (n === 39) await tx.insert(EpisodeEntity, { ...other, startedAt: at('03-20T15:00:00') });
  return id;
}

function staysOf({ n, id: clientId }: Person, episodeId: string): Stay[] {
  const stay = (setting: string, from: string, to: string | null, more: Partial<Stay> = {}): Stay => ({
    ...{
      id: newId(),
      episodeId,
      clientId,
      setting,
      levelOfCare: null,
      asamEdition: null,
      facilityName: null,
    },
    ...{
      reasons: [],
      planned: false,
      startedAt: at(from),
      toHospice: false,
      withoutPlanReason: null,
      version: 1,
    },
    ...{ readmissionOfId: null, endedAt: to ? at(to) : null, dischargeRecordedAt: to ? at(to) : null },
    ...{ dischargeType: to ? 'OTHER' : null, endReason: to ? 'MOVED' : null, ...more },
  });
  const psychiatric = { reasons: ['MENTAL_HEALTH' as const], toHospice: n === 19 };
  return [
    ...(n < 20 ? [stay('PSYCH_HOSPITAL', '01-20T15:00:00', '02-02T17:00:00', psychiatric)] : []),
    ...(n === 15 ? [stay('HOSPITAL', '02-02T18:00:00', null, { planned: true })] : []),
    ...(n === 17 ? [stay('HOSPITAL', '02-12T15:00:00', null)] : []),
    ...(within(n, 20, 31) ? [stay('CORRECTIONAL_FACILITY', '01-02T15:00:00', '02-09T15:00:00')] : []),
    ...(n >= 28
      ? [
          stay('OUTPATIENT_CLINIC', '01-12T15:00:00', '03-10T15:00:00', {
            dischargeType: 'LEFT_AGAINST_ADVICE',
          }),
        ]
      : []),
  ];
}

function visitsOf({ n, id: clientId }: Person): Visit[] {
  const visit = (time: Date, reason: Visit['reasons'][number], more: Partial<Visit> = {}): Visit => ({
    ...{
      id: newId(),
      clientId,
      setting: 'OUTPATIENT_CLINIC',
      reasons: [reason],
      at: time,
      medication: false,
    },
    ...{ recordedAt: time, recordedBy: clientId, ...more },
  });
  const emergency = { setting: 'EMERGENCY_DEPT' };
  const when = (holds: boolean, ...visits: Visit[]) => (holds ? visits : []);
  return [
    ...when(n <= 7, visit(at('02-06T15:00:00'), 'MENTAL_HEALTH')),
    ...when(within(n, 8, 11), visit(at('02-20T15:00:00'), 'MENTAL_HEALTH')),
    ...when(n === 12, visit(at('02-02T20:00:00'), 'MENTAL_HEALTH')),
    ...when(within(n, 20, 31), visit(at('02-10T18:00:00'), 'MENTAL_HEALTH', emergency)),
    ...when(within(n, 20, 21), visit(at('02-10T21:00:00'), 'MENTAL_HEALTH')),
    ...when(within(n, 22, 25), visit(at('02-16T15:00:00'), 'MENTAL_HEALTH')),
    ...when(n === 26, visit(at('03-05T15:00:00'), 'MENTAL_HEALTH')),
    ...when(n === 27, visit(at('02-20T15:00:00'), 'MENTAL_HEALTH', emergency)),
    ...when(n <= 11, visit(at('03-02T15:00:00'), 'OVERDOSE', emergency)),
    ...when(n <= 2, visit(at('03-04T15:00:00'), 'OTHER', { medication: true })),
    ...when(n === 3, visit(at('03-20T15:00:00'), 'SUBSTANCE_USE')),
    ...when(within(n, 28, 33), visit(at('01-20T15:00:00'), 'SUBSTANCE_USE')),
    ...when(
      within(n, 28, 31),
      ...['01-27', '02-03'].map((day) => visit(at(`${day}T15:00:00`), 'SUBSTANCE_USE')),
    ),
    ...when(n === 34, visit(at('01-12T16:00:00'), 'SUBSTANCE_USE')),
    ...when(n === 35, visit(at('01-26T15:00:00'), 'SUBSTANCE_USE')),
    ...when(n === 36, visit(at('01-20T15:00:00'), 'SUBSTANCE_USE')),
    ...when(n === 37, visit(new Date('2025-12-20T15:00:00Z'), 'SUBSTANCE_USE')),
    ...when(n === 38, visit(new Date('2025-12-20T15:00:00Z'), 'OVERDOSE', emergency)),
  ];
}

async function writeResults(
  tx: EntityManager,
  { n, id: clientId, caseId, staffId }: Person,
  episodeId: string,
): Promise<void> {
  const scored = (instrument: string, on: string, total: number) => ({
    ...{ id: newId(), clientId, instrument, instrumentVersion: '1', answers: [], total, band: 'MODERATE' },
    ...{ positive: total > 0, prorated: false, missingItems: [], flags: [], subscores: [], cutOffs: [] },
    ...{ cutOffGroup: null, mode: 'SELF' as const, language: 'en', ageGroup: 'AGE_18_64' as const },
    ...{ administeredOn: `2026-${on}`, administeredBy: staffId, recordedAt: at(`${on}T15:00:00`) },
    ...{ signedAt: at(`${on}T15:00:00`), overrideReason: null, supersedes: null },
  });
  const rows = [
    ...(within(n, 20, 31)
      ? [scored('PHQ-9', '01-10', 20), scored('PHQ-9', '03-01', n <= 24 ? 4 : n <= 27 ? 9 : 15)]
      : []),
    ...(n <= 10
      ? [scored('GAD-7', '01-10', 14), scored('GAD-7', '03-01', n <= 2 ? 3 : n <= 5 ? 7 : 14)]
      : []),
    ...(n <= 12 ? [scored('AHC-HRSN', '01-15', n < 12 ? 2 : 0)] : []),
    ...screened(n).map(([on, total]) => scored('PHQ-2', on, total)),
    ...(n === 10 ? [{ ...scored('PHQ-2', '02-20', 0), signedAt: null }] : []),
  ];
  await tx.insert(ScreeningEntity, rows);
  await tx.insert(DiagnosisEntity, diagnosesOf({ n, clientId, staffId }));
  if (within(n, 20, 31)) await writeCrisis(tx, { n, clientId, staffId });
  if (n < 12) await writeSheets(tx, { n, clientId, episodeId, staffId });
  if (n < 15) await writeGoal(tx, { n, clientId, caseId });
}

async function writeCrisis(
  tx: EntityManager,
  { n, clientId, staffId }: { n: number; clientId: string; staffId: string },
): Promise<void> {
  const minutes = n <= 28 ? 4 : n <= 30 ? 90 : null;
  const openedAt = at('02-01T10:00:00');
  const after = (m: number) => new Date(openedAt.getTime() + m * 60_000);
  await tx.insert(CrisisAlertEntity, {
    ...{
      id: newId(),
      clientId,
      level: n <= 25 ? 1 : 2,
      cause: 'OTHER',
      state: minutes ? 'ACKNOWLEDGED' : 'OPEN',
    },
    ...{
      screeningId: null,
      openedAt,
      openedBy: staffId,
      acknowledgeBy: after(15),
      respondedBy: null,
      version: 1,
    },
    ...{ acknowledgedAt: minutes ? after(minutes) : null, acknowledgedBy: minutes ? staffId : null },
    ...{ resolvedAt: null, handedOffTo: null, reviewedAt: null, reviewedBy: null },
  });
}

async function writeSheets(
  tx: EntityManager,
  { n, clientId, episodeId, staffId }: { n: number; clientId: string; episodeId: string; staffId: string },
): Promise<void> {
  const sheet = (
    moment: 'ADMISSION' | 'DISCHARGE',
    day: string,
    [living, employment, days]: [string, string, number],
  ) => ({
    ...{ id: newId(), episodeId, clientId, moment, recordedAt: at(`${day}T15:00:00`), recordedBy: staffId },
    content: {
      living,
      employment,
      substances: [{ substance: 'ALCOHOL', rank: 'PRIMARY', daysUsedPast30: days, route: 'ORAL' }],
    },
  });
  const work = n === 11 ? 'FULL_TIME' : 'NOT_WORKING';
  await tx.insert(OutcomeDataEntity, [
    sheet('ADMISSION', '01-20', ['NO_HOME', work, 20]),
    sheet('DISCHARGE', '02-02', [
      n <= 3 ? 'INDEPENDENT' : 'TEMPORARY',
      n <= 4 ? 'PART_TIME' : work,
      n <= 7 ? 5 : 20,
    ]),
  ]);
}

async function writeGoal(
  tx: EntityManager,
  { n, clientId, caseId }: { n: number; clientId: string; caseId: string },
): Promise<void> {
  const carePlanId = newId();
  const openedAt = at('01-15T15:00:00');
  await tx.insert(CarePlanEntity, {
    ...{
      id: carePlanId,
      clientId,
      caseId,
      status: 'DRAFT',
      openedAt,
      activatedAt: null,
      reviewOn: null,
      version: 1,
    },
    ...{
      reviewCause: 'SCHEDULED',
      clientAgreed: null,
      declineReason: null,
      closedAt: null,
      closingNote: null,
      supersedesId: null,
    },
  });
  const isOver = n === 14;
  await tx.insert(GoalEntity, {
    ...{
      id: newId(),
      carePlanId,
      clientId,
      needId: null,
      domain: 'HOME',
      baseline: null,
      target: 1,
      unit: null,
    },
    ...{ statementInClientWords: 'A room of my own', metric: 'rooms', dueOn: isOver ? null : '2026-06-01' },
    ...{
      lifecycle: isOver ? 'CANCELLED' : 'ACTIVE',
      achievement: 'IN_PROGRESS',
      addedAt: openedAt,
      version: 1,
    },
    ...{
      activatedAt: at('01-20T15:00:00'),
      closedAt: isOver ? at('02-10T15:00:00') : null,
      lastWorkedAt: null,
    },
  });
}
