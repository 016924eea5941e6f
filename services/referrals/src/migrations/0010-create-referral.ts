import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests, referrals, their history, the ledger of disclosures, and copies of needs and consents. */
export class CreateReferral1700000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [REQUEST, REFERRAL, TRANSITION, DISCLOSURE, COPIES, APPEND_ONLY, GRANTS]) {
      await queryRunner.query(statement);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table disclosure, referral_transition, referral, referral_request, need, consent_scope, client_restriction;
      drop function deny_change()`);
  }
}

const STATUSES = `'DRAFT', 'PENDING_CONSENT', 'SENT', 'RECEIVED', 'INFO_REQUESTED', 'ACCEPTED', 'WAITLISTED', 'SCHEDULED',
      'NO_SHOW', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'CLOSED_UNRESOLVED', 'DECLINED', 'CANCELLED', 'EXPIRED',
      'ENTERED_IN_ERROR'`;

const REQUEST = `
  create table referral_request (
    id uuid primary key,
    client_id uuid not null,
    case_id uuid not null,
    need_id uuid,
    need_category text not null,
    strategy text not null check (strategy in ('SINGLE', 'SEQUENTIAL', 'FIRST_ACCEPTS', 'PARALLEL')),
    status text not null check (status in ('DRAFT', 'AWAITING_CONSENT', 'OPEN', 'MATCHED', 'RESOLVED',
      'NEEDS_REROUTE', 'UNRESOLVED', 'CANCELLED', 'ENTERED_IN_ERROR')),
    choices jsonb not null check (jsonb_typeof(choices) = 'array'),
    created_by uuid not null,
    created_at timestamptz not null,
    closed_at timestamptz
  );
  comment on column referral_request.status is 'Derived from the referrals in the transaction that changes one.';
  comment on column referral_request.choices is
    'What the client chose and what it was chosen over: [{serviceId, matchScore, declinedOptions}].';
  create index referral_request_client on referral_request (client_id, created_at desc, id);
  create index referral_request_need on referral_request (need_id);`;

const REFERRAL = `
  create table referral (
    id uuid primary key,
    request_id uuid not null references referral_request (id),
    client_id uuid not null,
    case_id uuid not null,
    need_id uuid,
    need_category text not null,
    agency_id uuid not null references agency (id),
    service_id uuid not null references service (id),
    case_manager_id uuid not null,
    status text not null check (status in (${STATUSES})),
    priority text not null check (priority in ('ROUTINE', 'URGENT', 'EMERGENT')),
    purpose text not null,
    reason_text text,
    internal_note text,
    exclusive boolean not null,
    consent_ids uuid[] not null,
    labels_released text[] not null,
    sent_at timestamptz,
    acknowledged_at timestamptz,
    decided_at timestamptz,
    accepted_at timestamptz,
    first_service_at timestamptz,
    closed_at timestamptz,
    decide_by timestamptz,
    expires_at timestamptz,
    paused_ms double precision,
    starts_at timestamptz,
    review_on date,
    waitlist_position integer,
    expected_on date,
    no_show_count integer not null,
    question text,
    answer text,
    info_answered boolean not null,
    decline_reason text,
    cancel_reason text,
    hold_reason text,
    held_from text,
    outcome jsonb,
    rerouted_from_id uuid references referral (id),
    created_at timestamptz not null,
    version integer not null
  );
  comment on column referral.internal_note is 'Never leaves the program.';
  comment on column referral.exclusive is 'Of a request whose first acceptance ends the other offers.';
  create unique index referral_one_acceptance on referral (request_id)
    where exclusive and status in ('ACCEPTED', 'SCHEDULED', 'NO_SHOW', 'IN_PROGRESS', 'ON_HOLD');
  create unique index referral_no_duplicate on referral (request_id, service_id)
    where status not in ('COMPLETED', 'CLOSED_UNRESOLVED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ENTERED_IN_ERROR');
  create index referral_request_id on referral (request_id);
  create index referral_client on referral (client_id);
  create index referral_case_manager on referral (case_manager_id, created_at desc, id);
  create index referral_agency on referral (agency_id, sent_at desc, id) where sent_at is not null;
  create index referral_consent on referral using gin (consent_ids);`;

const TRANSITION = `
  create table referral_transition (
    referral_id uuid not null references referral (id),
    seq integer not null,
    rule text not null,
    command text not null,
    from_status text,
    to_status text not null,
    actor_kind text not null check (actor_kind in ('STAFF', 'PARTNER', 'SYSTEM')),
    actor_id text not null,
    actor_agency_id uuid,
    on_behalf_of uuid,
    reason text,
    note text,
    at timestamptz not null,
    primary key (referral_id, seq)
  );`;

const DISCLOSURE = `
  create table disclosure (
    id uuid primary key,
    client_id uuid not null,
    agency_id uuid not null,
    referral_id uuid not null references referral (id),
    disclosed_at timestamptz not null,
    labels text[] not null,
    fields text[] not null,
    purpose text not null,
    legal_basis jsonb not null,
    consent_ids uuid[] not null,
    notice_text text,
    notice_version text,
    scope_summary text not null,
    redisclosure_rule text not null,
    policy_version text not null,
    channel text not null check (channel in ('REFERRAL', 'PARTNER_GRAPH')),
    actor_kind text not null,
    actor_id text not null
  );
  comment on table disclosure is 'One line for each time that something about a person left; kept, never changed.';
  create index disclosure_referral on disclosure (referral_id, disclosed_at);`;

const COPIES = `
  create table need (
    id uuid primary key,
    client_id uuid not null,
    case_id uuid not null,
    category text not null
  );
  comment on table need is 'Copy fed by facts of the clients service.';
  create table consent_scope (
    consent_id uuid primary key,
    client_id uuid not null,
    kind text not null,
    status text not null check (status in ('ACTIVE', 'SUPERSEDED', 'REVOKED', 'EXPIRED')),
    recipient_agency_ids uuid[] not null,
    recipient_classes text[] not null,
    purposes text[] not null,
    categories text[] not null,
    expires_on date,
    version integer not null
  );
  comment on table consent_scope is 'Copy fed by facts: for lists, never for a release.';
  create index consent_scope_client on consent_scope (client_id);
  create table client_restriction (
    client_id uuid primary key,
    restrict_all boolean not null
  );
  comment on table client_restriction is 'Copy fed by facts: holds a sending back, never allows one.';`;

const APPEND_ONLY = `
  create function deny_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
  end $$;
  create trigger append_only before update or delete or truncate on referral_transition
    for each statement execute function deny_change();
  create trigger append_only before update or delete or truncate on disclosure
    for each statement execute function deny_change();`;

const GRANTS = `
  grant select, insert, update on referral_request, referral, need, consent_scope, client_restriction to referrals_app;
  grant select, insert on referral_transition, disclosure to referrals_app`;
