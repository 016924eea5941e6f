import { setTimeout as pause } from 'node:timers/promises';
import type { Viewer } from '@throughline/graphql';
import { demonstrationPeople } from '@throughline/sign-in';
import { command, partner, staff } from './asking.ts';
import type { LoadedClient, Loading } from './loading.ts';
import type { ClientPlan, ReferralPlan, ReferralStepPlan } from './plan.ts';
import { now, soon } from './referral-ways.ts';
import { idOf } from './seeded.ts';

interface Found {
  id: string;
  status: string;
  version: number;
}

/** Steps whose input is not named after them. */
const inputTypes: Partial<Record<string, string>> = {
  submitReferral: 'ReferralStepInput',
  sendReferral: 'ReferralStepInput',
  acknowledgeReferral: 'PartnerStepInput',
  acceptReferral: 'PartnerStepInput',
};
const soonMs = 2_000;

/** Makes the draft and walks it to where it is to be; a referral that got further is not walked again. */
export async function loadReferral(
  loading: Loading,
  client: ClientPlan,
  { needIds }: LoadedClient,
  referral: ReferralPlan,
): Promise<void> {
  const { call, plan } = loading;
  let found = await command<Found>(call, {
    service: 'referrals',
    viewer: staff(client.caseManagerId, 'CASE_MANAGER'),
    name: 'createReferral',
    inputType: 'CreateReferralInput',
    fields: 'Referral { id status version }',
    input: {
      needId: needIds[referral.needIndex],
      serviceId: referral.serviceId,
      matchScore: referral.matchScore,
      priority: referral.priority,
      reasonText: referral.reasonText,
      idempotencyKey: `${plan.seed}/${referral.key}`,
    },
  });
  const done = referral.steps.findIndex(({ to }) => to === found.status);
  if (done < 0 && found.status !== 'DRAFT') return;
  for (const step of referral.steps.slice(done + 1)) {
    if (step.by === 'TIMER') await loading.expire(found.id);
    else found = await walk(loading, client, { referral, found, step });
  }
}

interface Walk {
  referral: ReferralPlan;
  found: Found;
  step: ReferralStepPlan;
}

async function walk(loading: Loading, client: ClientPlan, { referral, found, step }: Walk): Promise<Found> {
  const { command: name, by, input } = step;
  const seen = by === 'PARTNER' ? 'PartnerReferral' : 'Referral';
  const startsSoon = input.startsAt === soon;
  const result = await command<Found>(loading.call, {
    service: 'referrals',
    viewer: actorOf(loading, client, { referral, step }),
    name,
    inputType: inputTypes[name] ?? `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`,
    fields: `${seen} { id status version }`,
    input: { id: found.id, expectedVersion: found.version, ...momentsOf(input) },
  });
  if (startsSoon) await pause(soonMs + 100);
  return result;
}

function momentsOf(input: Record<string, unknown>): Record<string, unknown> {
  const moments: Partial<Record<string, string>> = {
    [now]: new Date().toISOString(),
    [soon]: new Date(Date.now() + soonMs).toISOString(),
  };
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, moments[String(value)] ?? value]),
  );
}

function actorOf(
  { plan }: Loading,
  { caseManagerId }: ClientPlan,
  { referral: { agencyId }, step }: Pick<Walk, 'referral' | 'step'>,
): Viewer {
  if (step.by === 'CASE_MANAGER') return staff(caseManagerId, 'CASE_MANAGER');
  if (step.by === 'SUPERVISOR')
    return staff(plan.staff.find(({ id }) => id === caseManagerId)?.supervisorId ?? '', 'SUPERVISOR');
  const desk = demonstrationPeople.find(
    (person) =>
      person.kind === 'PARTNER' && person.agencyId === agencyId && person.roles.includes('PARTNER_INTAKE'),
  );
  return partner(desk?.id ?? idOf(plan.seed, 'desk', agencyId), agencyId);
}
