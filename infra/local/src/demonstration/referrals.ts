import { addDays } from '@throughline/privacy';
import {
  labelsOfNeed,
  referralStatuses,
  usualPurpose,
  type DataLabel,
  type NeedCategory,
  type ReferralStatus,
} from '@throughline/privacy';
import { demonstrationAgencies } from '@throughline/sign-in';
import type { ConsentPlan, DirectoryPlan, ReferralPlan, RegistrationPlan, ServicePlan } from './plan.ts';
import { wayTo } from './referral-ways.ts';
import { known, turn, type Seeded } from './seeded.ts';

/** Inboxes are to be full: what waits for an answer comes more often than the rest. */
const fixedAgencyStates: readonly ReferralStatus[] = [
  ...referralStatuses,
  'SENT',
  'RECEIVED',
  'SENT',
  'INFO_REQUESTED',
  'ACCEPTED',
  'SENT',
  'RECEIVED',
];
const otherAgencyStates: readonly ReferralStatus[] = [
  'SENT',
  'DRAFT',
  'ACCEPTED',
  'PENDING_CONSENT',
  'COMPLETED',
];
const withoutConsent: ReadonlySet<ReferralStatus> = new Set(['DRAFT', 'PENDING_CONSENT']);
const fixedAgencies: ReadonlySet<string> = new Set(Object.values(demonstrationAgencies).map(({ id }) => id));

export interface Referred {
  key: string;
  age: number;
  registration: RegistrationPlan;
}

/** Counts referrals over all clients, so that states take turns. */
export interface Turns {
  fixed: number;
  other: number;
}

interface World {
  directory: DirectoryPlan;
  today: string;
  turns: Turns;
  chance: Seeded;
}

/** One referral to the shelter or the clinic when a need fits, and now and then one to somebody else. */
export function planReferrals(person: Referred, world: World): ReferralPlan[] {
  const { needs } = person.registration;
  const inside = needs.findIndex(({ category }) => fitting(person, category, world, true).length > 0);
  const outside = needs.findIndex(
    ({ category }, index) => index !== inside && fitting(person, category, world, false).length > 0,
  );
  return [
    ...(inside < 0 ? [] : [planReferral(person, inside, world, true)]),
    ...(outside < 0 || (inside >= 0 && world.chance.chance(0.5))
      ? []
      : [planReferral(person, outside, world, false)]),
  ];
}

function fitting({ age }: Referred, need: NeedCategory, { directory }: World, fixed: boolean): ServicePlan[] {
  return directory.services.filter(
    ({ agencyId, agencyType, needs, ages }) =>
      fixedAgencies.has(agencyId) === fixed &&
      agencyType !== 'CORRECTIONS' &&
      needs.includes(need) &&
      ages.from <= age &&
      age <= (ages.to ?? Infinity),
  );
}

function planReferral(person: Referred, needIndex: number, world: World, fixed: boolean): ReferralPlan {
  const { chance, today, turns } = world;
  const number = fixed ? turns.fixed++ : turns.other++;
  const need = known(person.registration.needs[needIndex]).category;
  const service = chance.pick(fitting(person, need, world, fixed));
  const status = turn(fixed ? fixedAgencyStates : otherAgencyStates, number);
  return {
    key: `${person.key}/referral/${needIndex}`,
    needIndex,
    agencyId: service.agencyId,
    serviceId: service.id,
    matchScore: chance.between(55, 98),
    priority: chance.pick(['ROUTINE', 'ROUTINE', 'URGENT', 'EMERGENT']),
    reasonText: chance.pick(['Ready to come any day.', 'Needs a place soon.', 'Prefers mornings.']),
    steps: wayTo(status, number, today),
    status,
  };
}

/** A consent for every agency to which something leaves; some of them end within days. */
export function planConsents(
  person: Referred,
  referrals: readonly ReferralPlan[],
  { directory, today, chance }: World,
): ConsentPlan[] {
  const released = referrals.filter(({ status }) => !withoutConsent.has(status));
  return released.map(({ agencyId, serviceId, needIndex }) => {
    const service = known(directory.services.find(({ id }) => id === serviceId));
    const need = known(person.registration.needs[needIndex]).category;
    const expiresOn = addDays(today, chance.chance(0.12) ? chance.between(2, 6) : chance.between(90, 360));
    const labels = [need, ...service.needs].flatMap((category) => [...labelsOfNeed(category)]);
    return {
      ...consentFor(person, { id: agencyId, type: service.agencyType }, labels),
      expiresOn,
      revoked: false,
    };
  });
}

/** A consent that was taken back, for an agency to which nothing was sent. */
export function planRevokedConsent(
  person: Referred,
  { directory, today }: World,
  number: number,
): ConsentPlan {
  const agency = turn(
    directory.agencies.filter(({ id, type }) => !fixedAgencies.has(id) && type === 'FOOD'),
    number,
  );
  return { ...consentFor(person, agency, []), expiresOn: addDays(today, 180), revoked: true };
}

function consentFor(
  { key, registration }: Referred,
  agency: { id: string; type: ServicePlan['agencyType'] },
  labels: readonly DataLabel[],
): Omit<ConsentPlan, 'expiresOn' | 'revoked'> {
  const purpose = usualPurpose(agency.type);
  const clinical: DataLabel[] = purpose === 'TREATMENT' ? ['HEALTH', 'MH', 'SUD'] : [];
  return {
    key: `${key}/consent/${agency.id}`,
    agencyId: agency.id,
    categories: [...new Set<DataLabel>(['ID', 'CONTACT', 'SOCIAL', ...clinical, ...labels])],
    purposes: [purpose],
    signers: signersOf(registration),
  };
}

function signersOf({ legalName, consentAuthority }: RegistrationPlan): ConsentPlan['signers'] {
  const patient = { by: legalName, capacity: 'PATIENT' };
  const standIn = (capacity: string) => ({
    by: `${capacity.toLowerCase()} of the person`,
    capacity,
    authorityDocId: 'paper file, page 1',
  });
  if (consentAuthority === 'MINOR_AND_GUARDIAN') return [patient, standIn('GUARDIAN')];
  return consentAuthority === 'SELF' ? [patient] : [standIn(consentAuthority)];
}
