import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { loaderById } from '@throughline/graphql';
import type { Location } from '../location/location.ts';
import { rowsBy } from './detail.loaders.ts';
import type { Service } from './directory-service.ts';
import { ServiceEntity } from './directory-service.entity.ts';

interface Phone {
  number: string;
  extension: string | null;
  kind: string | null;
  description: string | null;
}
interface Hours {
  byday: string | null;
  opensAt: string | null;
  closesAt: string | null;
  timeZone: string | null;
  validFrom: string | null;
  validTo: string | null;
  originalText: string | null;
}
interface Cost {
  option: string | null;
  amount: number | null;
  currency: string | null;
  amountDescription: string | null;
}
interface Text {
  text: string;
}
interface WebLink {
  label: string | null;
  url: string;
}
interface ReportedCapacity {
  unit: string | null;
  available: number | null;
  maximum: number | null;
  description: string | null;
  reportedAt: Date | null;
}

const phoneColumns = 'number, extension, kind, description';

/** Services and what belongs to them; one statement a kind, however many services a page has. */
export function directoryServiceLoaders(db: DataSource) {
  return {
    serviceById: loaderById(db.manager, ServiceEntity),
    servicesByAgency: new DataLoader<string, Service[]>(async (agencyIds) => {
      const rows = await db.manager.find(ServiceEntity, {
        where: { agencyId: In([...agencyIds]) },
        order: { name: 'ASC', id: 'ASC' },
      });
      const byAgency = Map.groupBy(rows, ({ agencyId }) => agencyId);
      return agencyIds.map((id) => byAgency.get(id) ?? []);
    }),
    phonesByService: rowsBy<Phone>(
      db,
      `select service_id as owner, ${phoneColumns} from phone where service_id = any($1) order by id`,
    ),
    phonesByLocation: rowsBy<Phone>(
      db,
      `select location_id as owner, ${phoneColumns} from phone where location_id = any($1) order by id`,
    ),
    phonesByAgency: rowsBy<Phone>(
      db,
      `select agency_id as owner, ${phoneColumns} from phone
       where agency_id = any($1) and service_id is null order by id`,
    ),
    schedulesByService: rowsBy<Hours>(
      db,
      `select service_id as owner, byday, opens_at::text as "opensAt", closes_at::text as "closesAt",
         time_zone as "timeZone", valid_from::text as "validFrom", valid_to::text as "validTo",
         original_text as "originalText"
       from schedule where service_id = any($1)
       order by array_position(array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], right(split_part(byday, ',', 1), 2)),
         opens_at, valid_from, id`,
    ),
    webLinksByAgency: rowsBy<WebLink>(
      db,
      `select agency_id as owner, label, url from web_link where agency_id = any($1) order by url, id`,
    ),
    webLinksByService: rowsBy<WebLink>(
      db,
      `select service_id as owner, label, url from web_link where service_id = any($1) order by url, id`,
    ),
    reportedCapacitiesByService: rowsBy<ReportedCapacity>(
      db,
      `select c.service_id as owner, u.name as unit, c.available, c.maximum, c.description, c.reported_at as "reportedAt"
       from service_capacity c left join capacity_unit u on u.id = c.capacity_unit_id
       where c.service_id = any($1) order by c.reported_at desc nulls last, c.id`,
    ),
    languagesByService: rowsBy<{ code: string | null; name: string }>(
      db,
      `select service_id as owner, code, name from service_language where service_id = any($1) order by name, id`,
    ),
    costsByService: rowsBy<Cost>(
      db,
      `select service_id as owner, option, amount::float8 as amount, currency,
         amount_description as "amountDescription"
       from cost_option where service_id = any($1) order by id`,
    ),
    areasByService: rowsBy<Text>(
      db,
      `select distinct on (owner, text) owner, text from (
         select a.service_id as owner, coalesce(a.name, a.description) as text
         from service_area a where a.service_id = any($1)
         union
         select l.service_id, coalesce(a.name, a.description)
         from service_at_location l join service_area a on a.service_at_location_id = l.id
         where l.service_id = any($1)
       ) area where text is not null order by owner, text`,
    ),
    documentsByService: rowsBy<Text>(
      db,
      `select service_id as owner, document as text from required_document
       where service_id = any($1) and document is not null order by id`,
    ),
    eligibilityByService: rowsBy<Text>(
      db,
      `select service_id as owner, description as text from eligibility where service_id = any($1) order by id`,
    ),
    termsByService: rowsBy<{ id: string; name: string; code: string | null }>(
      db,
      `select l.service_id as owner, t.id, t.name, t.code
       from service_term l join taxonomy_term t on t.id = l.taxonomy_term_id
       where l.service_id = any($1) order by t.name, t.id`,
    ),
    locationsByService: rowsBy<Location>(
      db,
      `select distinct s.service_id as owner, l.id, l.agency_id as "agencyId", l.name, l.description,
         l.transportation, l.latitude, l.longitude, l.version
       from service_at_location s join location l on l.id = s.location_id
       where s.service_id = any($1) order by l.name, l.id`,
    ),
  };
}
