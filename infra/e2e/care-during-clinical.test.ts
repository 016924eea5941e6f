import { demonstrationPeople } from '@throughline/sign-in';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory, services } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

type Seen = Outcome & Record<string, unknown>;
interface Match {
  service: { id: string };
  score: number;
  unmet: string[];
  parts: { reason: string; points: number }[];
}
const noor = demonstrationPeople.find(({ key }) => key === 'noor')?.id ?? '';
const inputOf = (name: string) => `${name.replace(/^./, (letter) => letter.toUpperCase())}Input`;

const page = `query Page($id: ID!) { client(id: $id) {
  diagnoses { code label labels isPrincipal credential recordedBy { name } }
  medications { name isMoud gaps { days isOpen } }
  substanceUse { substance route lastUsedOn }
  locAssessment { recommended { code name } actual { code } discrepancy signedBy { name } }
  nextSteps { what why }
  gaps { kind diagnosis { code } needCategory }
  recommendations { edges { node { status chosen { service { name } score } declined { service { name } reason }
    referralRequests { id choices { service { id } matchScore } referrals { id status } } } } }
  supportChecklist { domain items { code entry { state nextStep } } }
  timeline(first: 100) { edges { node { kind actor { staff { name } } subject { __typename } } } }
} }`;
interface Page {
  diagnoses: { code: string; labels: string[] }[];
  locAssessment: object | null;
  nextSteps: { what: string }[];
  gaps: { kind: string; diagnosis: { code: string } | null }[];
  recommendations: { edges: { node: Record<string, unknown> }[] };
  supportChecklist: { domain: string; items: { code: string; entry: object | null }[] }[];
  timeline: { edges: { node: { kind: string; actor: { staff: { name: string } | null } } }[] };
}

describeKafka('care during treatment, the clinical part', () => {
  let system: StorySystem;
  let administrator: GraphQLClient;
  let caseManager: GraphQLClient;
  let clinician: GraphQLClient;
  let client: maria.Registered;
  let needId: string;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    administrator = await system.as('ruth');
    await prepareProgram(administrator);
    caseManager = await system.as('maria');
    clinician = await system.as('noor');
    client = await maria.registerClient(caseManager, [
      { category: 'HOMELESSNESS', clientRank: 1 },
      { category: 'MENTAL_HEALTH_TREATMENT', clientRank: 2 },
    ]);
    needId = client.activeCase.needs[0]?.id ?? '';
    const { id: caseId } = client.activeCase;
    const team = { caseId, staffId: noor, role: 'SECONDARY', reason: 'Licence', expectedVersion: 1 };
    expect((await act(caseManager, 'assignToCase', team)).__typename).toBe('CaseFile');
  }, 240_000);
  afterAll(() => system.close());

  const act = (graph: GraphQLClient, name: string, input: object, fields = '') =>
    ask<Seen>(
      graph,
      `mutation Act($input: ${inputOf(name)}!) { ${name}(input: $input) { __typename ${fields}
        ... on Problem { message } ... on InvalidInput { issues { path code } } } }`,
      { input },
    );
  const read = () => ask<Page>(caseManager, page, { id: client.id });

  it('1: a diagnosis has a code of the published list, and only a licence makes one', async () => {
    const found = await ask<{ code: string; year: number }[]>(
      caseManager,
      '{ diagnosisCodes(search: "alcohol dependence uncompl", first: 1) { code year } }',
    );
    expect(found).toEqual([{ code: 'F10.20', year: 2026 }]);
    const diagnosis = { clientId: client.id, code: 'F10.20', isPrincipal: true };
    await eventually(async () =>
      expect((await act(clinician, 'recordDiagnosis', diagnosis)).__typename).toBe('Forbidden'),
    );
    const added = await act(
      administrator,
      'addCredential',
      {
        ...{ staffId: noor, typeCode: 'LCSW', number: 'LCSW-40210', issuedOn: '2026-01-01' },
        evidence: [{ kind: 'REGISTRY', reference: 'LCSW-40210' }],
      },
      '... on Credential { id version }',
    );
    await act(administrator, 'verifyCredential', { id: added.id, expectedVersion: added.version });
    await eventually(async () =>
      expect((await act(clinician, 'recordDiagnosis', diagnosis)).__typename).toBe('Diagnosis'),
    );
    const second = await act(clinician, 'recordDiagnosis', { ...diagnosis, code: 'F33.1' });
    expect(second.issues).toEqual([{ path: 'isPrincipal', code: 'ANOTHER_PRINCIPAL' }]);
    const other = await act(clinician, 'recordDiagnosis', {
      ...{ clientId: client.id, code: 'F41.1', codeYear: 2024 },
    });
    expect(other.issues).toMatchObject([{ path: 'codeYear', code: 'OTHER_YEAR' }]);
    const { diagnoses, gaps } = await read();
    expect(diagnoses).toMatchObject([
      { code: 'F10.20', labels: ['HEALTH', 'SUD'], credential: 'LCSW', recordedBy: { name: 'Noor Haldane' } },
    ]);
    expect(gaps.filter(({ kind }) => kind === 'DIAGNOSIS_WITHOUT_NEED')).toMatchObject([
      { diagnosis: { code: 'F10.20' }, needCategory: 'SUD_TREATMENT' },
    ]);
  });

  it('2: an AUDIT of 20 asks for an ASAM assessment, which a licence signs once', async () => {
    const answers = Array.from({ length: 10 }, (_, at) => ({ item: at + 1, value: at < 8 ? 3 : 0 }));
    await act(caseManager, 'recordScreening', { clientId: client.id, instrument: 'AUDIT', answers });
    expect((await read()).nextSteps.map(({ what }) => what)).toContain('ASAM_ASSESSMENT');
    const content = {
      ...{ edition: 4, ratings: [1, 2, 3, 4, 5].map((dimension) => ({ dimension, severity: 2 })) },
      ...{ recommended: '3.1', actual: '2.1', discrepancy: 'WAITING_LIST' },
    };
    const fields = '... on LocAssessment { id version }';
    const draft = await act(caseManager, 'recordLocAssessment', { clientId: client.id, content }, fields);
    const sign = () => act(clinician, 'signLocAssessment', { id: draft.id, expectedVersion: 1 });
    const signed = await Promise.all([sign(), sign()]);
    expect(signed.map(({ __typename }) => __typename).sort()).toEqual(['LocAssessment', 'StaleVersion']);
    const { nextSteps, locAssessment } = await read();
    expect(nextSteps.map(({ what }) => what)).not.toContain('ASAM_ASSESSMENT');
    expect(locAssessment).toMatchObject({
      ...{ recommended: { code: '3.1' }, actual: { code: '2.1' }, discrepancy: 'WAITING_LIST' },
      signedBy: { name: 'Noor Haldane' },
    });
  });

  it('3: the client chooses among services that fit, and the choice becomes a referral in one step', async () => {
    const { matches } = await ask<{ matches: Match[] }>(
      caseManager,
      `query Fit($input: MatchInput!) { serviceMatches(input: $input) {
        matches { service { id } score unmet parts { reason points } } } }`,
      { input: { needCategory: 'HOMELESSNESS', ageYears: 35 } },
    );
    expect(matches.map(({ service }) => service.id)).toContain(services.nights);
    const options = matches.slice(0, 5).map(({ service, score, unmet, parts }) => ({
      ...{ serviceId: service.id, score, unmet },
      reasons: parts.filter(({ points }) => points > 0).map(({ reason }) => reason),
    }));
    const recommended = await act(
      caseManager,
      'recommendServices',
      {
        clientId: client.id,
        needId,
        options: [...options, { serviceId: services.families, reasons: ['Asked for'] }],
      },
      '... on TreatmentRecommendation { id version }',
    );
    const choice = { id: recommended.id, expectedVersion: 1, serviceId: services.nights };
    const declined = [{ serviceId: services.families, reason: 'Has no children with her' }];
    await act(caseManager, 'chooseService', { ...choice, declined });
    const both = await Promise.all(
      [1, 2].map(() => act(caseManager, 'createReferral', { recommendationId: recommended.id })),
    );
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['DuplicateReferral', 'Referral']);
    const [edge] = (await read()).recommendations.edges;
    expect(edge?.node).toMatchObject({
      ...{ status: 'CHOSEN', chosen: { service: { name: 'Emergency Shelter for Adults' } } },
      declined: [{ reason: 'Has no children with her' }],
      referralRequests: [
        { choices: [{ service: { id: services.nights } }], referrals: [{ status: 'DRAFT' }] },
      ],
    });
    const unknown = { recommendationId: client.id };
    expect((await act(caseManager, 'createReferral', unknown)).__typename).toBe('NotFound');
  });

  it('4: medication, substances and supports stand on the page and, once each, in the timeline', async () => {
    const medication = { clientId: client.id, name: 'Vivitrol', purpose: 'OPIOID_USE_DISORDER' };
    const wrong = { ...medication, startedOn: '2026-02-01', endedOn: '2026-01-31' };
    expect((await act(caseManager, 'recordMedication', wrong)).issues).toMatchObject([
      { code: 'BEFORE_START' },
    ]);
    await act(caseManager, 'recordMedication', { ...medication, startedOn: '2026-02-01' });
    const use = { clientId: client.id, substance: 'ALCOHOL', route: 'ORAL', frequency: 'DAILY' };
    await act(caseManager, 'recordSubstanceUse', { ...use, rank: 'PRIMARY', ageFirstUse: 15 });
    const step = { state: 'IN_PROGRESS', nextStep: 'Apply for Lifeline' };
    await act(caseManager, 'checkSupport', { clientId: client.id, item: 'PHONE', ...step });
    const kinds = ['DiagnosisRecorded', 'LocAssessmentSigned', 'ServicesRecommended', 'ServiceChosen'];
    await eventually(async () => {
      const { timeline, supportChecklist } = await read();
      const told = timeline.edges.map(({ node }) => node.kind);
      for (const kind of [...kinds, 'MedicationRecorded', 'SubstanceUseRecorded', 'SupportChecked'])
        expect(told.filter((one) => one === kind)).toEqual([kind]);
      const home = supportChecklist.find(({ domain }) => domain === 'HOME');
      expect(home?.items.find(({ code }) => code === 'PHONE')?.entry).toMatchObject(step);
    });
    const intake = await system.as('leila');
    const hidden = await ask<Partial<Page> | null>(
      intake,
      'query ($id: ID!) { client(id: $id) { diagnoses { code } substanceUse { substance } } }',
      { id: client.id },
    );
    expect(hidden ?? { diagnoses: null, substanceUse: null }).toEqual({
      diagnoses: null,
      substanceUse: null,
    });
  });
});
