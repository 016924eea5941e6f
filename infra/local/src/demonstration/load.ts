import { clientsConfig } from '@throughline/clients';
import { dayIn } from '@throughline/privacy';
import { expireAtOnce, writeDirectory } from '@throughline/referrals/demonstration';
import { demonstrationAgencies, demonstrationPeople } from '@throughline/sign-in';
import type { DataSource } from 'typeorm';
import type { Call } from '../call-services.ts';
import { command, staff } from './asking.ts';
import { generate } from './generate.ts';
import { loadClient } from './load-client.ts';
import type { Loading } from './loading.ts';
import type { ClientPlan, StaffPlan } from './plan.ts';
import { known } from './seeded.ts';

const seed = 'throughline';
/** More only wait longer for each other: measured on two cores. */
const atOnce = 12;

/** The services, and the database of the referrals service for what no graph offers. */
interface Loaded {
  call: Call;
  referralsDb: DataSource;
}

export type Progress = (done: number, of: number) => void;

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
export async function loadDemonstration(system: Loaded, progress: Progress): Promise<LoadReport> {
  const today = (await dayOfFirstLoad(system)) ?? dayIn(programZone, new Date());
  const plan = generate({ seed, today });
  const loading: Loading = {
    call: system.call,
    plan,
    programId: clientsConfig.shape.PROGRAM_ID.parse(undefined),
    expire: (referralId) => expireAtOnce(system.referralsDb, referralId),
  };
  const last = known(plan.clients.at(-1));
  if (await isThere(loading, last)) return { loaded: false, clients: plan.clients.length, refusals: [] };

  await writeDirectory(system.referralsDb, plan.directory.source, plan.directory.tables);
  for (const person of plan.staff) await recordStaff(loading, person);
  const refusals = await loadAll(loading, plan.clients.slice(0, -1), progress);
  refusals.push(...(await loadAll(loading, [last], () => undefined)));
  progress(plan.clients.length, plan.clients.length);
  return { loaded: true, clients: plan.clients.length, refusals };
}

const programZone = clientsConfig.shape.PROGRAM_TIME_ZONE.parse(undefined);

const administrator = staff(
  demonstrationPeople.find(({ roles }) => roles.includes('PROGRAM_ADMIN'))?.id ?? '',
  'PROGRAM_ADMIN',
);

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
  const { clients } = await call<{ clients: { edges: { node: { id: string } }[] } }>(
    'clients',
    viewer,
    'query Last($search: String) { clients(search: $search, first: 1) { edges { node { id } } } }',
    { search: registration.legalName },
  );
  const id = clients.edges[0]?.node.id;
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

/** A few at a time; answers why somebody was not loaded whole, without saying who. */
async function loadAll(
  loading: Loading,
  clients: readonly ClientPlan[],
  progress: Progress,
): Promise<string[]> {
  const waiting = clients.entries();
  const refusals: string[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [, client] of waiting) {
      await loadClient(loading, client).catch((error: unknown) => {
        refusals.push(`${client.key}: ${error instanceof Error ? error.message : String(error)}`);
      });
      progress((done += 1), loading.plan.clients.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return refusals;
}
