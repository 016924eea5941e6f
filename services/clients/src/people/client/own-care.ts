import type { CareSource } from '@throughline/care';

/** Who works with a client, from the tables of this service: other services have a copy that its facts feed. */
export const ownCare: CareSource = {
  select: `
    select c.id as "clientId", f.id as "caseId", c.status = 'ACTIVE' as "caseOpen",
           a.case_manager_id as "caseManagerId", m.supervisor_id as "supervisorId",
           c.registered_by as "registeredBy", a.case_manager_id is null as "queued"
    from client c
    left join lateral (
      select id from case_file where client_id = c.id order by opened_at desc, id desc limit 1
    ) f on true
    left join assignment a on a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null
    left join case_manager m on m.id = a.case_manager_id`,
  clientId: 'c.id',
  isCopy: false,
};
