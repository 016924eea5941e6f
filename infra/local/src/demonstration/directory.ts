import { addDays } from '@throughline/privacy';
import { demonstrationAgencies } from '@throughline/sign-in';
import type { AgencyKind, Offer } from './agency-kind.ts';
import { agencyKinds } from './agency-kinds.ts';
import type { AgencyPlan, DirectoryPlan, DirectoryRowPlan, ServicePlan } from './plan.ts';
import { serviceDetails, serviceRow } from './service-rows.ts';
import { idOf, known, seeded, turn, type Seeded } from './seeded.ts';
import { agencyWords, cities, counties, streets } from './words.ts';

const agencyCount = 90;
const serviceCount = 400;
const seats = ['North', 'South', 'East', 'West', 'Central'] as const;

interface Draft extends AgencyPlan {
  kind: AgencyKind;
  locationId: string;
}

/** A county's worth of services; the two agencies of the sign-in offer everything of their kind. */
export function planDirectory(seed: string, today: string): DirectoryPlan {
  const chance = seeded(`${seed}/directory`);
  const drafts = planAgencies(seed);
  const offers = planOffers(drafts);
  const services = offers.map(({ agency, offer }, index): ServicePlan => ({
    id: idOf(seed, 'service', index),
    agencyId: agency.id,
    agencyType: agency.type,
    needs: offer.needs,
    ages: { from: offer.ages[0], to: offer.ages[1] },
  }));
  const rows = offers.map((entry, index) =>
    serviceRow({ ...entry, index, id: known(services[index]).id, today }),
  );
  const entries = offers.map(({ agency, offer }, index) => ({
    serviceId: known(services[index]).id,
    locationId: agency.locationId,
    offer,
    index,
  }));
  return {
    source: `demonstration ${seed}`,
    agencies: drafts.map(({ id, name, type }) => ({ id, name, type })),
    services,
    tables: [
      ['agency', drafts.map((draft) => agencyRow(draft, today))],
      ['location', drafts.map((draft) => locationRow(draft, chance))],
      ['service', rows],
      ['address', drafts.map((draft, index) => addressRow(seed, draft, index, chance))],
      ...serviceDetails(seed, entries),
    ],
  };
}

function planAgencies(seed: string): Draft[] {
  const [shelters, detoxes] = agencyKinds as [AgencyKind, AgencyKind, ...AgencyKind[]];
  const fixed = [
    { ...demonstrationAgencies.shelter, kind: shelters },
    { ...demonstrationAgencies.detox, kind: detoxes },
  ];
  const others = Array.from({ length: agencyCount - fixed.length }, (_, index) => {
    const kind = turn(agencyKinds, index);
    const word = turn(agencyWords, index);
    const round = Math.floor(index / agencyWords.length);
    return { id: idOf(seed, 'agency', index), name: `${word} ${turn(seats, round)} ${kind.suffix}`, kind };
  });
  return [...fixed, ...others].map((entry) => ({
    ...entry,
    type: entry.kind.type,
    locationId: idOf(seed, 'location', entry.id),
  }));
}

/** The fixed agencies first and whole; then the others in turn, until there are enough. */
function planOffers(drafts: readonly Draft[]): { agency: Draft; offer: Offer }[] {
  const whole = drafts
    .slice(0, 2)
    .flatMap((agency) => agency.kind.offers.map((offer) => ({ agency, offer })));
  const others = drafts.slice(2);
  const rest = Array.from({ length: serviceCount - whole.length }, (_, index) => {
    const agency = turn(others, index);
    const round = Math.floor(index / others.length);
    const offer = turn(agency.kind.offers, round);
    const again = Math.floor(round / agency.kind.offers.length);
    return { agency, offer: again === 0 ? offer : { ...offer, name: `${offer.name}, Site ${again + 1}` } };
  });
  return [...whole, ...rest];
}

function agencyRow({ id, name, kind }: Draft, today: string): DirectoryRowPlan {
  const type = kind.hipaa === 'PART2_PROGRAM' ? 'QSOA' : kind.hipaa === 'COVERED_ENTITY' ? 'DUA' : 'MOU';
  const host = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  const data = {
    name,
    description: `${name} is invented, for demonstration only.`,
    email: `intake@${host}.example`,
    website: `https://${host}.example`,
  };
  const initial = {
    agency_type: kind.type,
    hipaa_status: kind.hipaa,
    is_part2_program: kind.part2 ?? false,
    is_victim_service_provider: false,
    needs_identity_to_decide: kind.type === 'LEGAL_AID',
    agreements: [{ type, from: today, to: addDays(today, 730) }],
    time_zone: 'America/New_York',
    status: 'ACTIVE',
  };
  return { id, data, initial };
}

function locationRow({ id, locationId, name }: Draft, chance: Seeded): DirectoryRowPlan {
  const data = {
    agency_id: id,
    location_type: 'physical',
    name,
    latitude: 39 + chance.between(0, 9_999) / 10_000,
    longitude: -75 - chance.between(0, 9_999) / 10_000,
    transportation: chance.pick(['Bus 4 stops at the door.', 'Five minutes from the station.', null]),
  };
  return { id: locationId, data };
}

function addressRow(seed: string, { locationId }: Draft, index: number, chance: Seeded): DirectoryRowPlan {
  const data = {
    location_id: locationId,
    kind: 'physical',
    address_1: `${chance.between(1, 980)} ${chance.pick(streets)}`,
    city: turn(cities, index),
    region: turn(counties, index),
    state_province: 'PA',
    postal_code: `199${String(10 + (index % 30)).padStart(2, '0')}`,
    country: 'US',
  };
  return { id: idOf(seed, 'address', index), data };
}
