import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reminders to clients: who agreed on which channel, and the appointments of referrals. */
export class RemindClients1700000000034 implements MigrationInterface {
  readonly name = 'RemindClients1700000000034';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table channel_consent (
        id uuid primary key,
        client_id uuid not null,
        channel text not null check (channel in ('EMAIL', 'SMS', 'VOICE')),
        opted_in boolean not null,
        address text not null check (length(address) between 3 and 254),
        language text not null check (language in ('en', 'es')),
        source text not null
          check (source in ('IN_PERSON', 'BY_PHONE', 'WRITTEN', 'STOP_WORD', 'START_WORD', 'UNREACHABLE')),
        at timestamptz not null,
        recorded_by uuid
      );
      comment on table channel_consent is 'Ledger: a client agreed to messages on a channel, or ended them. Lines are never changed; the last one counts.';
      create index channel_consent_client on channel_consent (client_id, channel, at desc, id desc);
      create index channel_consent_address on channel_consent (address, client_id);
      create table appointment (
        referral_id uuid primary key,
        client_id uuid not null,
        at timestamptz
      );
      comment on table appointment is 'Copy of the next appointment of a referral, for reminders; at is null when there is none any more.';
      do $$
      declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      begin
        execute 'grant select, insert on channel_consent to ' || app;
        execute 'grant select, insert, update on appointment to ' || app;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table appointment, channel_consent');
  }
}
