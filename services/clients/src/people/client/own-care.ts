import { respondersOf, type CareSource } from '@throughline/care';

/** Who works with a client, from the tables of this service: other services have a copy that its facts feed. */
export const ownCare: CareSource = {
  select: `
    select c.id as "clientId", f.id as "caseId", c.status = 'ACTIVE' as "caseOpen",
           a.case_manager_id as "caseManagerId", m.supervisor_id as "supervisorId",
           u.cover_id as "supervisorCoverId",
           c.registered_by as "registeredBy", a.case_manager_id is null as "queued", m.cover_id as "coverId",
           coalesce((
             select json_agg(json_build_object('staffId', t.id, 'supervisorId', t.supervisor_id,
               'supervisorCoverId', t.cover_id))
             from (
               select distinct s.id, s.supervisor_id, b.cover_id
               from assignment r join case_manager s on s.id = r.case_manager_id
                 left join case_manager b on b.id = s.supervisor_id
               where r.client_id = c.id and r.case_id = f.id and r.role <> 'PRIMARY' and r.ended_at is null
                 and c.status = 'ACTIVE'
               order by s.id
             ) t
           ), '[]') as team,
           ${respondersOf('c.id')} as responders
    from client c
    left join lateral (
      select id from case_file where client_id = c.id order by opened_at desc, id desc limit 1
    ) f on true
    left join assignment a on a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null
    left join case_manager m on m.id = a.case_manager_id
    left join case_manager u on u.id = m.supervisor_id`,
  clientId: 'c.id',
  isCopy: false,
};
