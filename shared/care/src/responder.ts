import { crisisAcknowledged, crisisResolved } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';

/** Who responds to an open crisis of the client, as JSON; `clientId` is an SQL expression. */
export function respondersOf(clientId: string): string {
  return `coalesce((
    select json_agg(distinct r.staff_id) from care_responder r
    where r.client_id = ${clientId} and r.until is null), '[]')`;
}

/** Both facts are of one topic and one key, so that the end of a crisis never overtakes who took it over. */
export const responderReactions: readonly Reaction[] = [
  on(crisisAcknowledged, async (tx, { alertId, clientId, acknowledgedBy }, { occurredAt }) => {
    await tx.query(
      `insert into care_responder (alert_id, staff_id, client_id, since) values ($1, $2, $3, $4) on conflict do nothing`,
      [alertId, acknowledgedBy, clientId, occurredAt],
    );
  }),
  // Clocks of two copies of a service differ: an end before its beginning still ends what may be read.
  on(crisisResolved, async (tx, { alertId }, { occurredAt }) => {
    await tx.query(
      'update care_responder set until = greatest(since, $2) where alert_id = $1 and until is null',
      [alertId, occurredAt],
    );
  }),
];

/** The table, in a migration: the same where `Care` is a copy and where it is not. `app` is the role of the service. */
export const CREATE_RESPONDER = `
  create table care_responder (
    alert_id uuid not null,
    staff_id uuid not null,
    client_id uuid not null,
    since timestamptz not null,
    until timestamptz check (until >= since),
    primary key (alert_id, staff_id)
  );
  comment on table care_responder is 'Who took a crisis over and may read the client until the danger is over; a row is never removed.';
  create index care_responder_client on care_responder (client_id, since desc);
  create index care_responder_staff on care_responder (staff_id, client_id) where until is null;
  do $$ begin
    execute 'grant select, insert, update (until) on care_responder to '
      || quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  end $$;`;
