import { clientsConfig } from '@throughline/clients';
import { beginEarlier } from '@throughline/clients/demonstration';
import { dayIn } from '@throughline/privacy';
import { expireAtOnce, writeDirectory } from '@throughline/referrals/demonstration';
import {
  demonstrationAgencies,
  demonstrationPeople,
  type PartnerPerson,
  type PartnerSystem,
} from '@throughline/sign-in';
import { activateEarlier } from '@throughline/treatment/demonstration';
import type { DataSource } from 'typeorm';
import type { CallWithFiles } from '../call-services.ts';
import { command, staff } from './asking.ts';
import { generate } from './generate.ts';
import { loadContacts } from './intake.ts';
import { loadAddresses } from './load-addresses.ts';
import { loadRota } from './load-duty.ts';
import { loadWorkforce } from './load-staff.ts';
import { loadClient } from './load-client.ts';
import type { Loading } from './loading.ts';
import type { ClientPlan, StaffPlan } from './plan.ts';
import { known } from './seeded.ts';

const seed = 'throughline';
/** More only wait longer for each other: measured on two cores. */
const atOnce = 12;

/** The services, and the databases of three of them for what no graph offers. */
export interface Loaded {
  call: CallWithFiles;
  clientsDb: DataSource;
  referralsDb: DataSource;
  treatmentDb: DataSource;
}

/** Who waits for the load. */
export interface Waiting {
  progress(done: number, of: number): void;
  /** The person who signs in first has all their people; the others follow. */
  usable?(): void;
  /** Once aborted, nobody else is begun; the next load goes on from there. */
  signal?: AbortSignal;
}

/** Result of a load. A person who could not be loaded completely does not stop the others. */
export interface LoadReport {
  /** False: it was all there already. */
  loaded: boolean;
  clients: number;
  refusals: string[];
}

/**
 * Puts the demonstration data into a running system through the services' own commands, so that every rule holds and
 * every fact is told. Asked again it goes on where it stopped, and does nothing once everything is there.
 */
export async function loadDemonstration(system: Loaded, waiting: Waiting): Promise<LoadReport> {
  const loading = await planDemonstration(system);
  const { clients } = loading.plan;
  const last = known(clients.at(-1));
  if (await isThere(loading, last)) return { loaded: false, clients: clients.length, refusals: [] };

  await loadProgram(system, loading);
  await loadContacts(system.call, loading.plan, intakeWorker);
  const refusals: string[] = [];
  const { usable, others } = inTurn(clients.slice(0, -1));
  let done = 0;
  const loaded = (): void => waiting.progress((done += 1), clients.length);
  const watched = { loaded, signal: waiting.signal };
  refusals.push(...(await loadPeople(loading, usable, watched)));
  waiting.usable?.();
  refusals.push(...(await loadPeople(loading, others, watched)));
  refusals.push(...(await loadPeople(loading, [last], watched)));
  return { loaded: true, clients: clients.length, refusals };
}

/** Those of the case manager who signs in first come first. */
function inTurn(clients: readonly ClientPlan[]): { usable: ClientPlan[]; others: ClientPlan[] } {
  const first = demonstrationPeople.find(({ roles }) => roles.includes('CASE_MANAGER'))?.id;
  const isUsable = ({ caseManagerId }: ClientPlan): boolean => caseManagerId === first;
  return { usable: clients.filter(isUsable), others: clients.filter((client) => !isUsable(client)) };
}

/** What is to be loaded; the same on each day, counted from the day of the first load. */
export async function planDemonstration(system: Loaded): Promise<Loading> {
  const today = (await dayOfFirstLoad(system)) ?? dayIn(programZone, new Date());
  return {
    call: system.call,
    plan: generate({ seed, today }),
    programId: clientsConfig.shape.PROGRAM_ID.parse(undefined),
    beginEarlier: (caseId, openedAt) => beginEarlier(system.clientsDb, caseId, openedAt),
    activateEarlier: (carePlanId, days) => activateEarlier(system.treatmentDb, carePlanId, days),
    expire: (referralId) => expireAtOnce(system.referralsDb, referralId),
  };
}

/** Directory, staff and partner principals. */
export async function loadProgram({ referralsDb }: Loaded, loading: Loading): Promise<void> {
  const { plan } = loading;
  await writeDirectory(referralsDb, plan.directory.source, plan.directory.tables);
  for (const person of plan.staff) await recordStaff(loading, person);
  await loadWorkforce(loading, administrator);
  await loadAddresses(loading);
  await loadRota(loading, administrator);
  for (const person of demonstrationPeople)
    if (person.kind !== 'STAFF') await recordPrincipal(loading, person);
}

const programZone = clientsConfig.shape.PROGRAM_TIME_ZONE.parse(undefined);

const administrator = staff(
  demonstrationPeople.find(({ roles }) => roles.includes('PROGRAM_ADMIN'))?.id ?? '',
  'PROGRAM_ADMIN',
);

const intakeWorker = demonstrationPeople.find(({ roles }) => roles.includes('INTAKE_WORKER'))?.id ?? '';

/** Everything is counted from it; an agreement that began on that day keeps it. */
async function dayOfFirstLoad({ call }: Loaded): Promise<string | null> {
  const { agency } = await call<{ agency: { agreements: { from: string }[] } | null }>(
    'referrals',
    administrator,
    'query Shelter($id: ID!) { agency(id: $id) { agreements { from } } }',
    { id: demonstrationAgencies.shelter.id },
  );
  return agency?.agreements[0]?.from ?? null;
}

/** The last person is loaded last, and their referral is the last of all. */
async function isThere({ call }: Loading, { caseManagerId, registration }: ClientPlan): Promise<boolean> {
  const viewer = staff(caseManagerId, 'CASE_MANAGER');
  const { clients } = await call<{ clients: { edges: { node: { id: string; name: { legal: string } } }[] } }>(
    'clients',
    viewer,
    'query Last($search: String) { clients(search: $search, first: 5) { edges { node { id name { legal } } } } }',
    { search: registration.legalName },
  );
  const id = clients.edges.find(({ node }) => node.name.legal === registration.legalName)?.node.id;
  if (!id) return false;
  const { _entities } = await call<{ _entities: ({ referralRequests: unknown[] | null } | null)[] }>(
    'referrals',
    viewer,
    `query Last($of: [_Any!]!) { _entities(representations: $of) { ... on Client { referralRequests { id } } } }`,
    { of: [{ __typename: 'Client', id }] },
  );
  return (_entities[0]?.referralRequests ?? []).length > 0;
}

/** A record that exists already stays as it is. */
async function recordStaff({ call, plan }: Loading, person: StaffPlan): Promise<void> {
  const { staffMember } = await call<{ staffMember: { version: number | null } | null }>(
    'clients',
    administrator,
    'query Staff($id: ID!) { staffMember(id: $id) { version } }',
    { id: person.id },
  );
  if (staffMember) return;
  await command(call, {
    service: 'clients',
    viewer: administrator,
    name: 'recordStaff',
    inputType: 'RecordStaffInput',
    fields: 'StaffMember { id }',
    input: { ...person, idempotencyKey: `${plan.seed}/${person.id}` },
  });
}

/** Those of the sign-in; the desks of the other agencies have no record. */
async function recordPrincipal(
  { call, plan }: Loading,
  { id: subject, agencyId, name, roles }: PartnerPerson | PartnerSystem,
): Promise<void> {
  await command(call, {
    service: 'referrals',
    viewer: administrator,
    name: 'recordPartnerPrincipal',
    inputType: 'RecordPartnerPrincipalInput',
    fields: 'PartnerPrincipal { id }',
    input: { agencyId, subject, name, roles, idempotencyKey: `${plan.seed}/${subject}` },
  });
}

/** A few at a time; answers why somebody was not loaded whole, without saying who. */
export async function loadPeople(
  loading: Loading,
  clients: readonly ClientPlan[],
  { loaded, signal }: { loaded?: () => void; signal?: AbortSignal | undefined } = {},
): Promise<string[]> {
  const waiting = clients.values();
  const refusals: string[] = [];
  const work = async (): Promise<void> => {
    for (const client of waiting) {
      if (signal?.aborted) return;
      await loadClient(loading, client).catch((error: unknown) => {
        refusals.push(`${client.key}: ${error instanceof Error ? error.message : String(error)}`);
      });
      loaded?.();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return refusals;
}
