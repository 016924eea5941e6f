import { addDays } from '@throughline/privacy';
import type { Offer } from './agency-kind.ts';
import type { DirectoryPlan, DirectoryRowPlan } from './plan.ts';
import { idOf, turn } from './seeded.ts';
import { languages } from './words.ts';

export interface ServiceEntry {
  agency: { id: string; name: string };
  offer: Offer;
  index: number;
  id: string;
  today: string;
}

interface RoomPlan {
  code: 'CAPACITY' | 'NO_CAPACITY' | 'WAITLIST' | 'ADDITIONAL_ASSESSMENT_REQUIRED' | null;
  /** Days since it was told; 9 is too long ago for anything. */
  told: number;
  wait: number | null;
}

/** Fresh, stale and never told, in every state. */
const rooms: readonly RoomPlan[] = [
  { code: 'CAPACITY', told: 0, wait: null },
  { code: 'WAITLIST', told: 0, wait: 12 },
  { code: 'CAPACITY', told: 9, wait: null },
  { code: null, told: 0, wait: null },
  { code: 'NO_CAPACITY', told: 0, wait: 30 },
  { code: 'ADDITIONAL_ASSESSMENT_REQUIRED', told: 0, wait: null },
  { code: 'CAPACITY', told: 0, wait: null },
];
const insurances = [[], ['MEDICAID', 'MEDICARE', 'DUAL_ELIGIBLE'], ['MEDICAID', 'PRIVATE']] as const;

/** A service with what the agency told the program about it. */
export function serviceRow({ id, agency, offer, index, today }: ServiceEntry): DirectoryRowPlan {
  const [from, to] = offer.ages;
  const data = {
    agency_id: agency.id,
    name: offer.name,
    description: `${offer.name} of ${agency.name}.`,
    status: 'ACTIVE',
    eligibility_description: to === null ? `From ${from} years on.` : `${from} to ${to} years.`,
    minimum_age: from === 0 ? null : from,
    maximum_age: to,
    interpretation_services: index % 3 === 0 ? 'By telephone, in any language.' : null,
    application_process: turn(['Call first.', 'Walk in.', 'By referral.'], index),
    fees_description: turn(['Free of charge.', 'Sliding scale.'], index),
    assured_date: addDays(today, index % 5 === 0 ? -300 : -20),
  };
  return { id, data, initial: { ...intakeOf(offer, index), ...roomOf(offer, index, today) } };
}

function intakeOf({ needs, sensitive, conditions }: Offer, index: number): Record<string, unknown> {
  return {
    accepts_referrals: true,
    intake_mode: turn(['DIRECT', 'CALL', 'WALK_IN', 'ASSESSMENT_FIRST'], index),
    need_categories: needs,
    needs_curated: true,
    sensitive_category: sensitive ?? null,
    insurance_accepted: sensitive ? turn(insurances, index) : [],
    access_conditions: conditions ?? [],
  };
}

function roomOf({ unit }: Offer, index: number, today: string): Record<string, unknown> {
  const { code, told, wait } = turn(rooms, index);
  const maximum = 8 + (index % 5) * 6;
  return {
    capacity_code: code,
    capacity_available: code === 'CAPACITY' ? 1 + (index % 6) : code === null ? null : 0,
    capacity_maximum: code === null ? null : maximum,
    capacity_unit: code === null ? null : (unit ?? 'place'),
    capacity_updated_at: code === null ? null : `${addDays(today, -told)}T06:00:00Z`,
    expected_wait_days: wait,
  };
}

export interface DetailEntry {
  serviceId: string;
  locationId: string;
  offer: Offer;
  index: number;
}

/** Where, when and in which languages, and which papers to bring. */
export function serviceDetails(seed: string, entries: readonly DetailEntry[]): DirectoryPlan['tables'] {
  const detail = (
    table: string,
    rowsOf: (entry: DetailEntry) => Record<string, unknown>[],
  ): [string, DirectoryRowPlan[]] => [
    table,
    entries.flatMap((entry) =>
      rowsOf(entry).map((data, number) => ({ id: idOf(seed, table, entry.index, number), data })),
    ),
  ];
  return [
    detail('service_at_location', ({ serviceId, locationId }) => [
      { service_id: serviceId, location_id: locationId },
    ]),
    detail('schedule', hoursOf),
    detail('service_language', languagesOf),
    detail('phone', ({ serviceId, index }) => [
      { service_id: serviceId, number: `+1 555 01${String(index % 100).padStart(2, '0')}`, kind: 'voice' },
    ]),
    detail('required_document', ({ serviceId, index }) =>
      index % 4 === 0 ? [{ service_id: serviceId, document: 'Identity document, if there is one' }] : [],
    ),
  ];
}

function hoursOf({ serviceId, offer: { unit }, index }: DetailEntry): Record<string, unknown>[] {
  const always = unit === 'bed' || unit === 'room';
  const shared = { service_id: serviceId, freq: 'WEEKLY', time_zone: 'America/New_York' };
  return [
    always
      ? { ...shared, byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '23:59' }
      : {
          ...shared,
          byday: turn(['MO,TU,WE,TH,FR', 'MO,WE,FR'], index),
          opens_at: '09:00',
          closes_at: '17:00',
        },
  ];
}

function languagesOf({ serviceId, index }: DetailEntry): Record<string, unknown>[] {
  const second = turn(languages, index);
  const spoken = second.code === 'en' ? [languages[0]] : [languages[0], second];
  return spoken.map(({ code, name }) => ({ service_id: serviceId, code, name }));
}
