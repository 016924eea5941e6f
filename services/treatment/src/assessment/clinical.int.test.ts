import { caseClosed, caseRoleAssigned, credentialChanged, uuidV7 } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../treatment.harness.ts';
import { loadCodeList } from './diagnosis-code/load-code-list.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const chen = staff('CLINICIAN');
const unlicensed = staff('CLINICIAN');
const now = new Date('2026-11-28T18:00:00Z');
beforeAll(async () => {
  treatment = await testTreatment({ now });
  await treatment.tell('clients', licence(chen, 'LCSW'));
});
afterAll(() => treatment.close());

function licence({ id: staffId }: Viewer, typeCode: string, counts = true) {
  const credential = { staffId, credentialId: uuidV7(now), typeCode, validUntil: '2027-06-30', counts };
  return credentialChanged.of(staffId, now, credential);
}

const typeOf: Record<string, string> = {
  ...{ recordDiagnosis: 'Diagnosis', changeDiagnosis: 'Diagnosis', recordMedication: 'Medication' },
  ...{ endMedication: 'Medication', recordMedicationSupply: 'Medication' },
  ...{ recordSubstanceUse: 'SubstanceUseEntry', recordLocAssessment: 'LocAssessment' },
  ...{ updateLocAssessment: 'LocAssessment', signLocAssessment: 'LocAssessment', startEpisode: 'Episode' },
  ...{ admitStay: 'Stay', recordScreening: 'Screening' },
};
interface Answer extends Record<string, unknown> {
  __typename: string;
  id: string;
  version: number;
  issues?: { path: string; code: string; message: string }[];
}
async function run(viewer: Viewer, mutation: string, input: object): Promise<Answer> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const version = ['recordScreening', 'recordSubstanceUse'].includes(mutation) ? '' : 'version';
  const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on ${typeOf[mutation] ?? ''} { id ${version} } ... on Problem { message ... on InvalidInput { issues { path code message } } } } }`;
  const { data, errors } = await treatment.ask<{ r: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}
const codes = ({ issues }: Answer) => issues?.map(({ path, code }) => `${path} ${code}`);
async function read<Client>(viewer: Viewer, clientId: string, fields: string): Promise<Client> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client { ${fields} } } }`;
  const { data, errors } = await treatment.ask<{ _entities: [Client] }>(viewer, query, { c: clientId });
  expect(errors).toEqual([]);
  return data._entities[0];
}
async function caseOf(clientId: string): Promise<string> {
  const sql = 'select case_id as "caseId" from care where client_id = $1';
  const [{ caseId }] = await treatment.db.query<[{ caseId: string }]>(sql, [clientId]);
  return caseId;
}
/** A client of Maria, with both clinicians on the care team. */
async function aClient(): Promise<string> {
  const clientId = await treatment.assign(maria.id, sam.id);
  const caseId = await caseOf(clientId);
  for (const { id: staffId } of [chen, unlicensed]) {
    const role = { clientId, caseId, staffId, role: 'SECONDARY' };
    await treatment.tell('clients', caseRoleAssigned.of(clientId, now, role));
  }
  return clientId;
}

describe('a diagnosis', () => {
  it('is searched, has label and labels of its code, and is made by a licence or reported', async () => {
    const clientId = await aClient();
    const search =
      '{ diagnosisCodes(search: "alcohol depend uncomp", first: 1) { code year labels } diagnosisCodeList { isOutdated } }';
    expect((await treatment.ask(maria, search, {})).data).toMatchObject({
      diagnosisCodes: [{ code: 'F10.20', year: 2026, labels: ['HEALTH', 'SUD'] }],
      diagnosisCodeList: { isOutdated: true },
    });
    const alcohol = { clientId, code: 'f1020', isPrincipal: true, onsetOn: '2020-05-01' };
    for (const viewer of [maria, unlicensed])
      expect(await run(viewer, 'recordDiagnosis', alcohol)).toMatchObject({ __typename: 'Forbidden' });
    const report = { clientId, code: 'F33.1', basis: 'REPORTED' };
    expect(codes(await run(maria, 'recordDiagnosis', report))).toEqual(['reportedFrom REQUIRED']);
    await run(maria, 'recordDiagnosis', { ...report, reportedFrom: 'Dr. Osei, letter of May 3' });
    await run(chen, 'recordDiagnosis', alcohol);
    const fields = 'diagnoses { code label kind labels basis isPrincipal credential recordedBy { id } }';
    expect(await read(sam, clientId, fields)).toEqual({
      diagnoses: [
        {
          ...{ code: 'F10.20', label: 'Alcohol dependence, uncomplicated', kind: 'SUBSTANCE_USE' },
          ...{ labels: ['HEALTH', 'SUD'], basis: 'DIAGNOSED', isPrincipal: true, credential: 'LCSW' },
          recordedBy: { id: chen.id },
        },
        expect.objectContaining({ code: 'F33.1', labels: ['HEALTH', 'MH'], credential: null }),
      ],
    });
    expect(await read(staff('CASE_MANAGER'), clientId, fields)).toEqual({ diagnoses: null });
  });

  it('is refused with a heading, an unknown code, a second time and as a second principal one', async () => {
    const clientId = await aClient();
    const record = (input: object) => run(chen, 'recordDiagnosis', { clientId, ...input });
    expect(codes(await record({ code: 'F10' }))).toEqual(['code NOT_PRECISE']);
    expect(codes(await record({ code: 'F10.999' }))).toEqual(['code UNKNOWN']);
    expect(codes(await record({ code: 'F10.20', codeYear: 2025 }))).toEqual(['codeYear OTHER_YEAR']);
    expect(codes(await record({ code: 'F10.20', onsetOn: '2026-11-29' }))).toEqual(['onsetOn IN_FUTURE']);
    const two = await Promise.all(['F10.20', 'F33.1'].map((code) => record({ code, isPrincipal: true })));
    expect(two.map(({ __typename }) => __typename).sort()).toEqual(['Diagnosis', 'InvalidInput']);
    expect(two.flatMap((one) => codes(one) ?? [])).toEqual(['isPrincipal ANOTHER_PRINCIPAL']);
    const first = two.find(({ __typename }) => __typename === 'Diagnosis');
    const other = await record({ code: 'F41.1' });
    expect(codes(await record({ code: 'F41.1' }))).toEqual(['code DUPLICATE']);
    const promote = { id: other.id, expectedVersion: 1, isPrincipal: true };
    expect(codes(await run(chen, 'changeDiagnosis', promote))).toEqual(['isPrincipal ANOTHER_PRINCIPAL']);
    const resolve = { id: first?.id, expectedVersion: 1, status: 'RESOLVED' };
    expect((await run(maria, 'changeDiagnosis', resolve)).__typename).toBe('Forbidden');
    await run(chen, 'changeDiagnosis', resolve);
    expect((await run(chen, 'changeDiagnosis', promote)).__typename).toBe('Diagnosis');
    expect((await run(chen, 'changeDiagnosis', { ...resolve, expectedVersion: 2 })).__typename).toBe(
      'InvalidTransition',
    );
  });

  it('is of the list that counts on the day: a code of another year is refused with the year', async () => {
    const line = (code: string, label: string) => `00001 ${code.padEnd(7)} 1 ${label.padEnd(60)} ${label}`;
    const file = (year: number, code: string) => ({
      ...{
        year,
        release: String(year),
        validFrom: `${String(year - 1)}-10-01`,
        text: line(code, 'Test label'),
      },
    });
    const load = (year: number, code: string) =>
      treatment.db.transaction((tx) => loadCodeList(tx, file(year, code), { now, least: 1 }));
    await load(2027, 'F10A1');
    await expect(load(2027, 'F10A1')).rejects.toThrow('is here already');
    const clientId = await aClient();
    const record = (code: string) => run(chen, 'recordDiagnosis', { clientId, code });
    const refused = await record('F10.20');
    expect(refused.issues).toEqual([
      expect.objectContaining({
        code: 'OTHER_YEAR',
        message: expect.stringContaining('2026 and not in the list of 2027') as string,
      }),
    ]);
    expect((await record('F10.A1')).__typename).toBe('Diagnosis');
  });
});

describe('medications and substances', () => {
  it('have gaps, continuity, and ask for naloxone when the supply of one for opioid use runs out', async () => {
    const clientId = await aClient();
    const draft = {
      clientId,
      name: 'Suboxone film',
      purpose: 'OPIOID_USE_DISORDER',
      startedOn: '2026-10-01',
    };
    expect(codes(await run(maria, 'recordMedication', { ...draft, endedOn: '2026-09-30' }))).toEqual([
      'endedOn BEFORE_START',
    ]);
    const { id } = await run(maria, 'recordMedication', draft);
    const supply = (suppliedOn: string, days: number) =>
      run(maria, 'recordMedicationSupply', { medicationId: id, suppliedOn, days });
    await supply('2026-10-01', 30);
    expect(codes(await supply('2026-09-01', 30))).toEqual(['suppliedOn BEFORE_START']);
    const same = await Promise.all([supply('2026-11-05', 22), supply('2026-11-05', 22)]);
    expect(same.map(({ __typename }) => __typename).sort()).toEqual(['InvalidInput', 'Medication']);
    const fields = `medications { isMoud moud labels suppliedUntil gaps { from days isOpen } }
      moudContinuity { since currentGapDays longestGapDays isContinuous } nextSteps { what why owner { id } }`;
    expect(await read(sam, clientId, fields)).toMatchObject({
      medications: [
        {
          ...{ isMoud: true, moud: 'BUPRENORPHINE', labels: ['HEALTH', 'SUD'], suppliedUntil: '2026-11-26' },
          gaps: [
            { from: '2026-10-31', days: 5, isOpen: false },
            { from: '2026-11-27', days: 2, isOpen: true },
          ],
        },
      ],
      moudContinuity: { since: '2026-10-01', currentGapDays: 2, longestGapDays: 5, isContinuous: false },
    });
    await eventually(async () =>
      expect(await read(sam, clientId, 'nextSteps { what why owner { id } }')).toEqual({
        nextSteps: [{ what: 'NALOXONE_OFFER', why: 'MOUD_GAP', owner: { id: maria.id } }],
      }),
    );
    await run(maria, 'endMedication', { id, expectedVersion: 3, reason: 'Changed to an injection' });
    expect((await run(maria, 'endMedication', { id, expectedVersion: 4, reason: 'Again' })).__typename).toBe(
      'InvalidTransition',
    );
    expect((await supply('2026-11-28', 1)).__typename).toBe('Medication');
  });

  it('ask for nothing after the case was closed, for example because the person died', async () => {
    const clientId = await aClient();
    const draft = {
      clientId,
      name: 'Suboxone film',
      purpose: 'OPIOID_USE_DISORDER',
      startedOn: '2026-11-01',
    };
    const { id: medicationId } = await run(maria, 'recordMedication', draft);
    await run(maria, 'recordMedicationSupply', { medicationId, suppliedOn: '2026-11-20', days: 20 });
    const closed = { clientId, caseId: await caseOf(clientId), reason: 'DECEASED' };
    await treatment.tell('clients', caseClosed.of(clientId, now, closed));
    treatment.clock.now = new Date('2026-12-12T18:00:00Z');
    const waiting = 'select id from graphile_worker.jobs where key = $1';
    const key = [`treatment.moud-gap:${medicationId}`];
    await treatment.db.query(
      `select graphile_worker.reschedule_jobs(array(${waiting}), run_at => now() - interval '1 second')`,
      key,
    );
    await eventually(async () => expect(await treatment.db.query(waiting, key)).toEqual([]));
    expect(await treatment.db.query('select what from next_step where client_id = $1', [clientId])).toEqual(
      [],
    );
    treatment.clock.now = now;
  });

  it('keep what was told: the latest entry of a substance counts', async () => {
    const clientId = await aClient();
    const entry = { clientId, substance: 'FENTANYL', rank: 'PRIMARY', route: 'INJECTION', ageFirstUse: 19 };
    const old = { ...entry, frequency: 'NONE_PAST_MONTH', lastUsedOn: '2026-11-20' };
    expect(codes(await run(maria, 'recordSubstanceUse', old))).toEqual(['lastUsedOn CONTRADICTS']);
    await run(maria, 'recordSubstanceUse', { ...old, lastUsedOn: '2026-08-01' });
    expect(await read(sam, clientId, 'nextSteps { what }')).toEqual({ nextSteps: [] });
    treatment.clock.now = new Date(now.getTime() + 60_000);
    await run(maria, 'recordSubstanceUse', { ...entry, frequency: 'DAILY', lastUsedOn: '2026-11-28' });
    expect(
      await read(
        sam,
        clientId,
        'substanceUse { frequency labels } all: substanceUse(latestOnly: false) { frequency } nextSteps { what why }',
      ),
    ).toEqual({
      substanceUse: [{ frequency: 'DAILY', labels: ['HEALTH', 'SUD'] }],
      all: [{ frequency: 'DAILY' }, { frequency: 'NONE_PAST_MONTH' }],
      nextSteps: [{ what: 'NALOXONE_OFFER', why: 'OPIOID_USE' }],
    });
  });
});

describe('an assessment of the level of care', () => {
  it('answers an AUDIT of 20, is signed once by a licence, never changes, and is compared with the stay', async () => {
    const clientId = await aClient();
    const answers = Array.from({ length: 10 }, (_, at) => ({ item: at + 1, value: at < 8 ? 3 : 0 }));
    await run(maria, 'recordScreening', { clientId, instrument: 'AUDIT', answers });
    const steps = async () =>
      (await read<{ nextSteps: { what: string }[] }>(sam, clientId, 'nextSteps { what }')).nextSteps.map(
        ({ what }) => what,
      );
    expect(await steps()).toContain('ASAM_ASSESSMENT');

    const content = {
      edition: 4,
      ratings: [1, 2, 3, 4, 5].map((dimension) => ({ dimension, severity: 2 })),
      recommended: '3.5',
    };
    expect(
      codes(await run(maria, 'recordLocAssessment', { clientId, content: { ...content, edition: 5 } })),
    ).toEqual(['content.edition UNKNOWN']);
    const draft = await run(maria, 'recordLocAssessment', {
      clientId,
      content: { ...content, recommended: null },
    });
    expect((await run(maria, 'recordLocAssessment', { clientId, content })).__typename).toBe(
      'InvalidTransition',
    );
    const sign = (viewer: Viewer, expectedVersion: number) =>
      run(viewer, 'signLocAssessment', { id: draft.id, expectedVersion });
    expect((await sign(unlicensed, 1)).__typename).toBe('Forbidden');
    expect(codes(await sign(chen, 1))).toEqual(['recommended REQUIRED']);
    const update = {
      id: draft.id,
      expectedVersion: 1,
      content: { ...content, actual: '2.1', discrepancy: 'WAITING_LIST' },
    };
    await run(maria, 'updateLocAssessment', update);
    const signed = await Promise.all([sign(chen, 2), sign(chen, 2)]);
    expect(signed.map(({ __typename }) => __typename).sort()).toEqual(['LocAssessment', 'StaleVersion']);
    expect((await sign(chen, 3)).__typename).toBe('InvalidTransition');
    expect((await run(maria, 'updateLocAssessment', { ...update, expectedVersion: 3 })).__typename).toBe(
      'InvalidTransition',
    );
    await expect(
      treatment.db.query('update loc_assessment set recommended = $2 where id = $1', [draft.id, '1.5']),
    ).rejects.toThrow();
    expect(await steps()).not.toContain('ASAM_ASSESSMENT');

    const episode = await run(maria, 'startEpisode', { clientId, kind: 'SUD' });
    await run(maria, 'admitStay', {
      ...{
        episodeId: episode.id,
        expectedVersion: 1,
        setting: 'OUTPATIENT_CLINIC',
        levelOfCare: '2.1',
        asamEdition: 4,
      },
      ...{ planned: true, reasons: ['SUBSTANCE_USE'] },
    });
    const fields = `locAssessment { id status differs recommended { code name } dimensions { number severity } credential }
      currentEpisode { locAssessment { id } stays { isRecommendedLevel } }`;
    expect(await read(sam, clientId, fields)).toMatchObject({
      locAssessment: {
        ...{ id: draft.id, status: 'SIGNED', differs: true, credential: 'LCSW' },
        recommended: { code: '3.5', name: 'Clinically Managed High-Intensity Residential' },
      },
      currentEpisode: { locAssessment: { id: draft.id }, stays: [{ isRecommendedLevel: false }] },
    });
    const correction = { clientId, content: { ...content, recommended: '2.1' }, supersedes: draft.id };
    const second = await run(maria, 'recordLocAssessment', correction);
    await run(chen, 'signLocAssessment', { id: second.id, expectedVersion: 1 });
    expect(await read(sam, clientId, 'locAssessment { id supersedes { id supersededBy { id } } }')).toEqual({
      locAssessment: { id: second.id, supersedes: { id: draft.id, supersededBy: { id: second.id } } },
    });
    expect((await run(maria, 'recordLocAssessment', correction)).__typename).toBe('InvalidTransition');
  });
});
