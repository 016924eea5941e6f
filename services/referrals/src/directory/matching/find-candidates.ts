import type { NeedCategory } from '@throughline/privacy';
import { In, type DataSource } from 'typeorm';
import { mayReceive } from '../agency/agency.ts';
import { AgencyEntity } from '../agency/agency.entity.ts';
import { assuranceIsStale, capacityOf, type Service } from '../directory-service/directory-service.ts';
import { ServiceEntity } from '../directory-service/directory-service.entity.ts';
import type { Candidate, Place, Situation } from './candidate.ts';
import { folded } from './wish.ts';

/** More than this many services for one need are not compared; a county has a few hundred. */
export const mostCandidates = 2_000;

interface Details {
  id: string;
  languages: string[];
  areas: string[];
  places: Place[];
  access: string[];
  hasEligibility: boolean;
  closed: number;
  resolved: number;
}

/** The services that help with a need, with all that matching asks of them, in three statements. */
export async function findCandidates(db: DataSource, need: NeedCategory, now: Date): Promise<Candidate[]> {
  const services = await db.manager
    .createQueryBuilder(ServiceEntity, 's')
    .where('s.need_categories @> array[:need]::text[]', { need })
    .orderBy('s.name')
    .addOrderBy('s.id')
    .limit(mostCandidates)
    .getMany();
  const agencyIds = [...new Set(services.map(({ agencyId }) => agencyId))];
  const [agencies, details] = await Promise.all([
    db.manager.findBy(AgencyEntity, { id: In(agencyIds) }),
    findDetails(
      db,
      services.map(({ id }) => id),
    ),
  ]);
  const agencyById = new Map(agencies.map((agency) => [agency.id, agency]));
  const detailsById = new Map(details.map((row) => [row.id, row]));
  return services.flatMap((service) => {
    const agency = agencyById.get(service.agencyId);
    const known = detailsById.get(service.id);
    if (!agency || !known) return [];
    const { id: agencyId, agencyType, status } = agency;
    return {
      ...ofService(service, known, now),
      agencyId,
      agencyType,
      agencyIsActive: status === 'ACTIVE',
      hasAgreement: mayReceive(agency, now),
    };
  });
}

type OfAgency = 'agencyId' | 'agencyType' | 'agencyIsActive' | 'hasAgreement';

function ofService(service: Service, known: Details, now: Date): Omit<Candidate, OfAgency> {
  const { name, description, status, acceptsReferrals, intakeMode, needCategories } = service;
  const { minimumAge, maximumAge } = service;
  return {
    serviceId: service.id,
    name,
    status,
    acceptsReferrals,
    intakeMode,
    needCategories,
    minimumAge,
    maximumAge,
    insuranceAccepted: service.insuranceAccepted,
    accessConditions: service.accessConditions,
    hasEligibilityText: service.eligibilityDescription !== null || known.hasEligibility,
    languages: known.languages,
    offersInterpretation: service.interpretationServices !== null,
    places: known.places,
    areas: known.areas,
    isAccessible: accessibleOf(known.access),
    capacity: capacityOf(service, now),
    assuranceIsStale: assuranceIsStale(service, now),
    words: folded([name, description].filter(Boolean).join(' ')),
    past: { closed: known.closed, resolved: known.resolved },
  };
}

/** Null: nothing is said. A place that says it is not accessible counts only if no other one is. */
function accessibleOf(texts: readonly string[]): boolean | null {
  if (texts.length === 0) return null;
  return texts.some((text) => !/\b(not|no)\b.*\baccess/i.test(text));
}

/** How the earlier referrals of a service `s` ended. The index of service and status answers it without the table. */
export const PAST = `
  select count(*)::int as closed, count(*) filter (where status = 'COMPLETED')::int as resolved
  from referral r where r.service_id = s.id and r.status in ('COMPLETED', 'CLOSED_UNRESOLVED', 'DECLINED', 'EXPIRED')`;

function findDetails(db: DataSource, ids: readonly string[]): Promise<Details[]> {
  return db.query(
    `select s.id,
       array(select distinct code from service_language l where l.service_id = s.id and code is not null) as languages,
       array(select text from (
           select a.id, coalesce(a.name, a.description) as text from service_area a where a.service_id = s.id
           union
           select a.id, coalesce(a.name, a.description) from service_at_location l
             join service_area a on a.service_at_location_id = l.id where l.service_id = s.id
         ) area where text is not null order by id) as areas,
       coalesce((select jsonb_agg(jsonb_build_object('latitude', o.latitude, 'longitude', o.longitude,
           'postalCode', d.postal_code, 'county', d.region, 'city', d.city) order by o.id, d.id)
         from service_at_location x join location o on o.id = x.location_id
         left join address d on d.location_id = o.id where x.service_id = s.id), '[]') as places,
       array(select concat_ws(' ', c.description, c.details) from accessibility c
         join service_at_location x on x.location_id = c.location_id where x.service_id = s.id) as access,
       exists (select 1 from eligibility e where e.service_id = s.id) as "hasEligibility",
       past.closed, past.resolved
     from unnest($1::uuid[]) as s(id) cross join lateral (${PAST}) past`,
    [ids],
  );
}

/** The middle of a postal code, from the directory's own places there; null when it has none. */
export async function findPosition(db: DataSource, postalCode: string): Promise<Situation['position']> {
  const [middle]: { latitude: number | null; longitude: number | null }[] = await db.query(
    `select avg(l.latitude) as latitude, avg(l.longitude) as longitude
     from location l join address d on d.location_id = l.id
     where d.postal_code = $1 and l.latitude is not null and l.longitude is not null`,
    [postalCode],
  );
  const { latitude = null, longitude = null } = middle ?? {};
  return latitude === null || longitude === null ? null : { latitude, longitude };
}
