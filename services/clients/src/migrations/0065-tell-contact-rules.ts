import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Notifications keep a copy of how a client may be contacted. A timer tells the rule of each client who has named one, or
 * who has died, at the next start.
 */
export class TellContactRules1700000000065 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job(
          'client.contact-rule', json_build_object('clientId', id), job_key => 'client.contact-rule:' || id)
        from client
        where status = 'DECEASED' or (safe_contact ->> 'contactProhibited')::boolean
          or safe_contact -> 'allowedMethods' <> '[]' or (safe_contact ->> 'leaveMessageOk')::boolean
          or (safe_contact ->> 'mayMentionProgram')::boolean;
      end $$`);
  }

  async down(): Promise<void> {
    // The timers run once, and without their job they do nothing.
  }
}
