import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The event log of each partner agency, and what is sent from it. */
export class CreateWebhook1700000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [EVENT, SUBSCRIPTION, DELIVERY, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'drop table webhook_attempt, webhook_delivery, webhook_subscription, partner_event, partner_event_counter',
    );
  }
}

const EVENT = `
  create table partner_event_counter (
    agency_id uuid primary key,
    last_number bigint not null
  );
  comment on table partner_event_counter is 'Its row lock makes the numbers of an agency follow the commits, without gaps.';
  create table partner_event (
    agency_id uuid not null,
    number bigint not null,
    id uuid not null unique,
    referral_id uuid not null references referral (id),
    type text not null,
    status text not null,
    priority text,
    occurred_at timestamptz not null,
    primary key (agency_id, number)
  );
  comment on column partner_event.priority is 'Null in a tombstone: it carries id and status only.';
  create trigger append_only before update or delete or truncate on partner_event
    for each statement execute function deny_change();`;

const SUBSCRIPTION = `
  create table webhook_subscription (
    id uuid primary key,
    agency_id uuid not null,
    url text not null,
    secrets text[] not null check (cardinality(secrets) between 1 and 2),
    status text not null check (status in ('ACTIVE', 'DISABLED')),
    disabled_reason text,
    created_by text not null,
    created_at timestamptz not null,
    version integer not null
  );
  comment on column webhook_subscription.secrets is 'Newest first; two while a rotation lasts.';
  create index webhook_subscription_agency on webhook_subscription (agency_id);`;

const DELIVERY = `
  create table webhook_delivery (
    id uuid primary key,
    subscription_id uuid not null references webhook_subscription (id),
    agency_id uuid not null,
    referral_id uuid not null,
    event_id uuid not null references partner_event (id),
    event_number bigint not null,
    state text not null check (state in ('PENDING', 'DELIVERED', 'WITHHELD', 'EXHAUSTED', 'DROPPED')),
    attempts integer not null,
    next_attempt_at timestamptz not null,
    created_at timestamptz not null
  );
  create index webhook_delivery_line on webhook_delivery (subscription_id, referral_id, event_number);
  create index webhook_delivery_agency on webhook_delivery (agency_id, event_number desc);
  create table webhook_attempt (
    delivery_id uuid not null references webhook_delivery (id),
    attempt integer not null,
    at timestamptz not null,
    outcome text not null,
    http_status integer,
    duration_ms integer not null,
    primary key (delivery_id, attempt)
  );`;

const GRANTS = `
  grant select, insert, update on partner_event_counter, webhook_subscription, webhook_delivery to referrals_app;
  grant select, insert on partner_event, webhook_attempt to referrals_app`;
