import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Browsers that take push messages, and what people silenced. */
export class PushAndPrefer1700000000033 implements MigrationInterface {
  readonly name = 'PushAndPrefer1700000000033';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table push_subscription (
        id uuid primary key,
        staff_id uuid not null,
        endpoint text not null unique check (length(endpoint) <= 500),
        p256dh text not null,
        auth text not null,
        language text not null check (language in ('en', 'es')),
        created_at timestamptz not null
      );
      comment on table push_subscription is 'Browsers of staff that take push messages; only the browser can read one.';
      create index push_subscription_staff on push_subscription (staff_id, id);
      create table silenced_channel (
        staff_id uuid not null,
        code text not null,
        channel text not null,
        since timestamptz not null,
        primary key (staff_id, code, channel)
      );
      comment on table silenced_channel is 'Messages outside the application that a person does not want on a channel.';
      do $$
      declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      begin
        execute 'grant select, insert, delete on push_subscription to ' || app;
        execute 'grant select, insert, update, delete on silenced_channel to ' || app;
        execute 'grant update (deliver_at) on notification to ' || app;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table push_subscription, silenced_channel');
  }
}
