import { randomUUID } from 'node:crypto';
import { dayIn } from '@throughline/privacy';
import { readSdl } from '@throughline/graphql';
import { describeEntityStatements, statementsOf } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from './treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const pat = staff('PROGRAM_ADMIN');
const templateGoal = { title: 'Days', domain: 'HEALTH', interventions: [] };
const ids = new Map<string, string[]>();
const keep = (type: string, id: string) => ids.set(type, [...(ids.get(type) ?? []), id]);

const STORY = `mutation ($episode: StartEpisodeInput!, $plan: OpenCarePlanInput!, $screening: RecordScreeningInput!,
  $crisis: OpenCrisisInput!) {
  Episode: startEpisode(input: $episode) { ... on Episode { id } }
  CarePlan: openCarePlan(input: $plan) { ... on CarePlan { id caseFile { id } } }
  Screening: recordScreening(input: $screening) { ... on Screening { id } }
  CrisisAlert: openCrisis(input: $crisis) { ... on CrisisAlert { id } } }`;
const GOAL = `mutation ($goal: AddGoalInput!) { Goal: addGoal(input: $goal) { ... on Goal { id } } }`;
const STAY = `mutation ($stay: AdmitStayInput!, $visit: RecordVisitInput!,
  $plan: OpenAftercarePlanInput!) {
  AftercarePlan: openAftercarePlan(input: $plan) { ... on AftercarePlan { id } }
  Stay: admitStay(input: $stay) { ... on Stay { id } }
  Visit: recordVisit(input: $visit) { ... on Visit { id } } }`;
const END = `mutation ($discharge: DischargeStayInput!, $use: RecordReturnToUseInput!, $transition: PlanTransitionInput!) {
  Stay: dischargeStay(input: $discharge) { ... on Stay { id } }
  ReturnToUse: recordReturnToUse(input: $use) { ... on ReturnToUse { id } }
  CareTransition: planTransition(input: $transition) { ... on CareTransition { id } } }`;
const WORK = `mutation ($advice: GiveAdviceInput!, $guidance: RecordGuidanceInput!, $advocacy: OpenAdvocacyInput!,
  $note: SaveNoteDraftInput!, $document: AddDocumentInput!) {
  ClientDocument: addDocument(input: $document) { ... on ClientDocument { id } }
  ProgressNote: saveNoteDraft(input: $note) { ... on ProgressNote { id } }
  Advice: giveAdvice(input: $advice) { ... on Advice { id } }
  GuidanceActivity: recordGuidance(input: $guidance) { ... on GuidanceActivity { id } }
  AdvocacyAction: openAdvocacy(input: $advocacy) { ... on AdvocacyAction { id } } }`;
const CLINICAL = `mutation ($diagnosis: RecordDiagnosisInput!, $medication: RecordMedicationInput!,
  $substance: RecordSubstanceUseInput!, $level: RecordLocAssessmentInput!, $services: RecommendServicesInput!,
  $support: CheckSupportInput!) {
  Diagnosis: recordDiagnosis(input: $diagnosis) { ... on Diagnosis { id } }
  Medication: recordMedication(input: $medication) { ... on Medication { id } }
  SubstanceUseEntry: recordSubstanceUse(input: $substance) { ... on SubstanceUseEntry { id } }
  LocAssessment: recordLocAssessment(input: $level) { ... on LocAssessment { id } }
  TreatmentRecommendation: recommendServices(input: $services) { ... on TreatmentRecommendation { id } }
  SupportEntry: checkSupport(input: $support) { ... on SupportEntry { id } } }`;
const TEMPLATE = `mutation ($template: CreatePlanTemplateInput!) {
  PlanTemplate: createPlanTemplate(input: $template) { ... on PlanTemplate { id } } }`;
type Written = Record<string, { id: string; caseFile?: { id: string } }>;

ids.set('StaffMember', [maria.id, ...Array.from({ length: 49 }, () => randomUUID())]);

beforeAll(async () => {
  treatment = await testTreatment();
  for (let n = 0; n < 50; n++) {
    const clientId = await treatment.assign(maria.id, sam.id);
    const needId = await treatment.need(clientId);
    const answers = Array.from({ length: 9 }, (_, item) => ({ item: item + 1, value: 1 }));
    const screening = { clientId, instrument: 'PHQ-9', answers };
    const crisis = { clientId, level: 3, cause: 'OTHER' };
    const variables = { episode: { clientId, kind: 'MH' }, plan: { clientId }, screening, crisis };
    const { data } = await treatment.ask<Written>(maria, STORY, variables);
    const goal = { carePlanId: data.CarePlan?.id, needId, domain: 'HOME' };
    const added = await treatment.ask<Written>(maria, GOAL, { goal });
    const acts = await treatment.ask<Written>(maria, WORK, {
      advice: { clientId, topic: 'BENEFITS', situation: 'New job', advised: 'Tell the office' },
      guidance: { clientId, kind: 'FORMS', what: 'Form', minutes: 20, result: 'Sent' },
      advocacy: { clientId, kind: 'LETTER', counterparty: 'Landlord', ask: 'Repair' },
      document: { clientId, class: 'COURT_PAPER', title: 'Hearing', media: 'PDF', bytes: 10 },
      note: { clientId, kind: 'CONTACT', narrative: 'Came', occurredOn: '2020-01-01', needId },
    });
    const stay = {
      episodeId: data.Episode?.id,
      setting: 'HOSPITAL',
      reasons: [],
      planned: true,
      expectedVersion: 1,
    };
    const visit = {
      clientId,
      setting: 'EMERGENCY_DEPT',
      reasons: ['MENTAL_HEALTH'],
      at: '2020-01-01T00:00:00Z',
    };
    const aftercare = { episodeId: data.Episode?.id, leavesOn: '2030-01-01' };
    const clinical = await treatment.ask<Written>(maria, CLINICAL, {
      diagnosis: { clientId, code: 'F33.1', basis: 'REPORTED', reportedFrom: 'Letter' },
      medication: { clientId, name: 'Sertraline', purpose: 'MENTAL_HEALTH', startedOn: '2020-01-01' },
      substance: { clientId, substance: 'HEROIN', route: 'SMOKING', frequency: 'DAILY' },
      level: { clientId, content: { edition: 4, ratings: [], recommended: '2.1' } },
      services: { clientId, needId, options: [{ serviceId: needId, reasons: [] }] },
      support: { clientId, item: 'PHONE', state: 'NEEDED' },
    });
    const template = { program: 'IOP', name: `Template ${String(n)}`, goals: [templateGoal] };
    const made = await treatment.ask<Written>(pat, TEMPLATE, { template });
    const stayed = await treatment.ask<Written>(maria, STAY, { stay, visit, plan: aftercare });
    const episodeId = data.Episode?.id;
    const how = { dischargeType: 'OTHER', endReason: 'CLIENT_DECISION' };
    const day = dayIn('America/New_York', new Date());
    const what = { substance: 'alcohol', severity: 'LAPSE', source: 'CLIENT', planChange: 'None' };
    const where = { toSetting: 'SHELTER', receiverName: 'Shelter', reason: 'No home', handOff: 'NONE' };
    const ended = await treatment.ask<Written>(maria, END, {
      discharge: { id: stayed.data.Stay?.id, expectedVersion: 1, ...how },
      use: { episodeId, on: day, ...what, safetyActions: ['MEDICAL_CHECK'] },
      transition: { episodeId, plannedFor: '2030-01-01', ...where },
    });
    const written: Written = {
      ...data,
      ...added.data,
      ...stayed.data,
      ...ended.data,
      ...acts.data,
      ...clinical.data,
      ...made.data,
      Client: { id: clientId },
      Need: { id: needId },
    };
    for (const [type, { id }] of Object.entries(written)) keep(type, id);
    const [lost] = await treatment.db.query<{ id: string }[]>(
      `insert into lost_contact (id, client_id, stay_id, status, opened_at, attempt_ids, tried, version)
       values (gen_random_uuid(), $1, $2, 'OPEN', now(), '{}', '[]', 1) returning id`,
      [clientId, stayed.data.Stay?.id],
    );
    keep('LostContactDecision', lost?.id ?? '');
    const [end] = await treatment.db.query<{ id: string }[]>(
      `insert into support_end (id, client_id, episode_id, ended_at, ended_by, evaluation, client_words,
         satisfaction_declined) values (gen_random_uuid(), $1, $2, now(), $3, '[]', 'Well', true) returning id`,
      [clientId, episodeId, maria.id],
    );
    keep('SupportEnd', end?.id ?? '');
    const [contact] = await treatment.db.query<{ id: string }[]>(
      'select id from aftercare_contact where client_id = $1 limit 1',
      [clientId],
    );
    keep('AftercareContact', contact?.id ?? '');
    const [set] = await treatment.db.query<{ step: string; risk: string; obligation: string }[]>(
      `select s.id as step, r.id as risk, o.id as obligation from next_step s join risk r using (client_id)
       join follow_up_obligation o using (client_id) where client_id = $1 limit 1`,
      [clientId],
    );
    keep('NextStep', set?.step ?? '');
    keep('FollowUpObligation', set?.obligation ?? '');
    keep('RiskStratification', set?.risk ?? '');
    keep('CaseFile', data.CarePlan?.caseFile?.id ?? '');
  }
});
afterAll(() => treatment.close());

describeEntityStatements({
  sdl: readSdl(import.meta.dirname),
  ids: () => Object.fromEntries(ids),
  ask: async (query, r) => {
    let entities: unknown[] = [];
    const statements = await statementsOf(treatment.service.dataSource, async () => {
      const { data } = await treatment.ask<{ _entities: unknown[] }>(maria, query, { r });
      entities = data._entities;
    });
    return { entities, statements };
  },
  // This service has the care team of a client, which decides who may read the rest.
  elsewhere: {
    'Client.diagnoses': 'diagnoses',
    'Client.medications': 'medications',
    'Client.moudContinuity': 'medications and supplies',
    'Client.substanceUse': 'entries',
    'Client.locAssessments': 'assessments',
    'Client.locAssessment': 'assessments',
    'Client.recommendations': 'recommendations',
    'Client.supportChecklist': 'entries',
    'Client.episodes': 'episodes',
    'Client.currentEpisode': 'episodes',
    'Client.followUpObligations': 'obligations',
    'Client.aftercareContacts': 'contacts after discharge',
    'Client.lostContactDecisions': 'decisions',
    'Client.carePlan': 'care plans',
    'Client.advice': 'advice',
    'Client.guidance': 'guidance',
    'Client.advocacy': 'actions',
    'Client.notes': 'notes',
    'Client.documents': 'documents',
    'Client.gaps': 'screenings, steps, needs and goals',
    'Client.screenings': 'screenings',
    'Client.openSafetyFlags': 'screenings',
    'Stay.isRecommendedLevel': 'assessments of its client',
    'Screening.signingWaitsFor': 'safety checks of its client',
    'Client.nextSteps': 'steps',
    'Client.openCrisisAlerts': 'crises',
    'Client.risk': 'stratifications',
    'Client.timeline': 'entries of the timeline',
    'Client.sinceYouLastLooked': 'entries of the timeline',
    'StaffMember.dueToday': 'who works with the clients whose records are due',
  },
});
