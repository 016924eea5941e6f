import { joinMonths, partitionByMonth } from '@throughline/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What leaves the application: addresses of staff, the words of messages, deliveries and the log of their attempts. */
export class DeliverOutside1700000000032 implements MigrationInterface {
  readonly name = 'DeliverOutside1700000000032';
  readonly contracts = 'The table that is dropped was made a moment before, to be split by month.';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [ADDRESS, TEMPLATE, DELIVERY, ATTEMPT, GRANTS])
      await queryRunner.query(statement);
    await partitionByMonth(queryRunner, {
      ...{ name: 'delivery_attempt', by: 'started_at', keptMonths: 13, leastMonths: 2 },
      then: `alter table delivery_attempt add primary key (delivery_id, number, started_at); ${ATTEMPT_RULES}`,
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await joinMonths(queryRunner, { name: 'delivery_attempt', then: '' });
    await queryRunner.query('drop table delivery_attempt, delivery, message_template, staff_address');
  }
}

const ADDRESS = `
  create table staff_address (
    staff_id uuid not null,
    channel text not null check (channel in ('EMAIL', 'SMS', 'VOICE')),
    address text not null check (length(address) between 3 and 254),
    language text not null check (language in ('en', 'es')),
    fault text check (fault in ('UNREACHABLE', 'STOPPED')),
    changed_at timestamptz not null,
    primary key (staff_id, channel)
  );
  comment on table staff_address is 'Where staff want to be reached outside the application; each sets their own.';
  create index staff_address_address on staff_address (address, channel);`;

const TEMPLATE = `
  create table message_template (
    id uuid primary key,
    code text not null,
    language text not null,
    channel text not null,
    subject text,
    body text not null,
    edition integer not null check (edition > 0),
    state text not null check (state in ('PROPOSED', 'ACTIVE', 'RETIRED')),
    proposed_by uuid not null,
    proposed_at timestamptz not null,
    approved_by uuid,
    approved_at timestamptz,
    version integer not null,
    unique (code, language, channel, edition),
    check ((approved_by is null) = (approved_at is null)),
    check (state <> 'ACTIVE' or approved_by is not null),
    check (approved_by is null or approved_by <> proposed_by)
  );
  comment on table message_template is 'Words of messages outside the application, in editions; without an active one the words of the house count.';
  create unique index message_template_active on message_template (code, language, channel) where state = 'ACTIVE';`;

const DELIVERY = `
  create table delivery (
    id uuid primary key,
    notification_id uuid references notification,
    recipient_type text not null check (recipient_type in ('STAFF', 'CLIENT')),
    recipient_id uuid not null,
    code text not null,
    referral_id uuid,
    appointment_at timestamptz,
    hours_before integer,
    route text[] not null check (cardinality(route) > 0),
    place integer not null check (place >= 0 and place < cardinality(route)),
    tries integer not null check (tries >= 0),
    attempts integer not null check (attempts >= 0),
    state text not null check (state in ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED', 'EXPIRED')),
    reason text,
    next_attempt_at timestamptz not null,
    sending_until timestamptz,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    settled_at timestamptz,
    check ((state = 'QUEUED') = (settled_at is null)),
    check (recipient_type = 'CLIENT' or notification_id is not null),
    check ((referral_id is null) = (appointment_at is null)),
    unique (notification_id, recipient_id, route),
    unique (referral_id, appointment_at, hours_before)
  );
  comment on table delivery is 'One message to one person outside the application; it holds no text and no address.';
  comment on column delivery.appointment_at is 'Of a reminder to a client: the time of the appointment that it is about.';
  create index delivery_waiting on delivery (next_attempt_at) where state = 'QUEUED';`;

const ATTEMPT = `
  create table delivery_attempt (
    delivery_id uuid not null,
    number integer not null,
    channel text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text not null check (outcome in ('STARTED', 'ACCEPTED', 'DELIVERED', 'FAILED_FOR_NOW', 'FAILED_FOR_GOOD', 'INTERRUPTED')),
    answer text,
    provider_ref text
  );
  comment on table delivery_attempt is 'Log of attempts. answer is a code of the receiver, never its text.';`;

const ATTEMPT_RULES = `
  create index delivery_attempt_provider_ref on delivery_attempt (provider_ref) where provider_ref is not null;
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select, insert on delivery_attempt to ' || app;
    execute 'grant update (ended_at, outcome, answer, provider_ref) on delivery_attempt to ' || app;
  end $$;`;

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select, insert, update, delete on staff_address to ' || app;
    execute 'grant select, insert on message_template, delivery to ' || app;
    execute 'grant update (state, approved_by, approved_at, version) on message_template to ' || app;
    execute 'grant update (place, tries, attempts, state, reason, next_attempt_at, sending_until, settled_at) on delivery to ' || app;
  end $$;`;
