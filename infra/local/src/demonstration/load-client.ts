import { addDays } from '@throughline/privacy';
import { command, staff } from './asking.ts';
import { loadClinical } from './load-clinical.ts';
import { loadCasework } from './load-casework.ts';
import { loadEpisode, loadCarePlan, loadScreenings } from './load-treatment.ts';
import { loadDocuments } from './load-documents.ts';
import { loadNotes } from './load-notes.ts';
import { loadReferral } from './load-referral.ts';
import type { LoadedClient, Loading } from './loading.ts';
import type { ClientPlan, ConsentPlan } from './plan.ts';

interface Registered {
  id: string;
  version: number;
  household: object | null;
  activeCase: { id: string; needs: { id: string }[] } | null;
}

/** One person with everything that belongs to them. Done once, however often it is asked. */
export async function loadClient(loading: Loading, client: ClientPlan): Promise<void> {
  const loaded = await register(loading, client);
  await loadSupport(loading, client, loaded);
  await loadHousehold(loading, client, loaded);
  await loadEpisode(loading, client, loaded);
  await loadScreenings(loading, client, loaded, 'BEFORE');
  await loadClinical(loading, client, loaded);
  await loadCarePlan(loading, client, loaded);
  for (const consent of client.consents) await loadConsent(loading, client, loaded, consent);
  for (const referral of client.referrals) await loadReferral(loading, client, loaded, referral);
  await loadScreenings(loading, client, loaded, 'TONIGHT');
  await loadNotes(loading, client, loaded);
  await loadDocuments(loading, client, loaded);
  await loadCasework(loading, client, loaded);
}

async function register({ call, plan }: Loading, client: ClientPlan): Promise<LoadedClient> {
  const { startsWith } = client.casework;
  const begin = startsWith ? { startsWith } : {};
  const { id, version, household, activeCase } = await command<Registered>(call, {
    service: 'clients',
    viewer: staff(client.caseManagerId, 'CASE_MANAGER'),
    name: 'registerClient',
    inputType: 'RegisterClientInput',
    fields: 'Client { id version household { members { role } } activeCase { id needs { id } } }',
    input: { ...client.registration, ...begin, idempotencyKey: `${plan.seed}/${client.key}` },
  });
  return {
    clientId: id,
    version,
    hasHousehold: household !== null,
    caseId: activeCase?.id ?? null,
    needIds: (activeCase?.needs ?? []).map((need) => need.id),
  };
}

/** In order, so that the first is the one to call. */
async function loadSupport(
  { call, plan }: Loading,
  client: ClientPlan,
  { clientId }: LoadedClient,
): Promise<void> {
  for (const [place, person] of client.support.entries())
    await command(call, {
      service: 'clients',
      viewer: staff(client.caseManagerId, 'CASE_MANAGER'),
      name: 'addSupportPerson',
      inputType: 'AddSupportPersonInput',
      fields: 'SupportPerson { id }',
      input: { ...person, clientId, idempotencyKey: `${plan.seed}/${client.key}/support-${String(place)}` },
    });
}

/** The other one is registered by the same key, whichever of the two comes first. */
async function loadHousehold(
  loading: Loading,
  { key, livesWith, caseManagerId }: ClientPlan,
  { clientId, version, hasHousehold }: LoadedClient,
): Promise<void> {
  const { call, plan } = loading;
  const other = plan.clients.find((client) => client.key === livesWith);
  // A load that was cut off goes on: then the version is another one.
  if (!other || hasHousehold) return;
  const { clientId: withClientId } = await register(loading, other);
  const idempotencyKey = `${plan.seed}/${key}/household`;
  await command(call, {
    service: 'clients',
    viewer: staff(caseManagerId, 'CASE_MANAGER'),
    name: 'joinHousehold',
    inputType: 'JoinHouseholdInput',
    fields: 'Client { id }',
    input: { clientId, withClientId, role: 'RELATIVE', expectedVersion: version, idempotencyKey },
  });
}

interface RecordedConsent {
  id: string;
  status: string;
  version: number;
}

async function loadConsent(
  { call, plan, programId }: Loading,
  { caseManagerId, registration }: ClientPlan,
  { clientId }: LoadedClient,
  consent: ConsentPlan,
): Promise<void> {
  const shared = { service: 'clients', viewer: staff(caseManagerId, 'CASE_MANAGER') } as const;
  const fields = 'Consent { id status version }';
  const { id, status, version } = await command<RecordedConsent>(call, {
    ...shared,
    name: 'recordConsent',
    inputType: 'RecordConsentInput',
    fields,
    input: {
      clientId,
      consent: formOf(consent, registration, { programId, today: plan.today }),
      idempotencyKey: `${plan.seed}/${consent.key}/${consent.revoked ? 'revoked' : 'kept'}`,
    },
  });
  if (!consent.revoked || status === 'REVOKED') return;
  await command(call, {
    ...shared,
    name: 'revokeConsent',
    inputType: 'RevokeConsentInput',
    fields,
    input: { id, expectedVersion: version, method: 'ORAL' },
  });
}

/** A form that has every element of 42 CFR 2.31(a). */
function formOf(
  { agencyId, categories, purposes, expiresOn, signers }: ConsentPlan,
  { legalName, preferredLanguage, interpreterNeeded }: ClientPlan['registration'],
  { programId, today }: { programId: string; today: string },
): Record<string, unknown> {
  return {
    kind: 'SPECIFIC_DISCLOSURE',
    patientNameAsSigned: legalName,
    disclosers: [{ organizationId: programId }],
    infoDescription: 'Who I am, how to reach me, and what I need this agency for',
    categories,
    recipients: [{ agencyId }],
    purposes,
    statements: {
      revocation: true,
      hipaaRedisclosure: true,
      tpoRedisclosure: true,
      refusalConsequences: true,
    },
    expiry: { kind: 'DATE', date: expiresOn },
    signatures: signers.map((signer) => ({ ...signer, method: 'ELECTRONIC' })),
    signedAt: `${addDays(today, -1)}T15:00:00Z`,
    language: preferredLanguage,
    interpreterUsed: interpreterNeeded,
  };
}
