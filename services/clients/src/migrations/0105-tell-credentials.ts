import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Treatment keeps who holds which credential, because a licence decides who may diagnose and sign. A timer tells each
 * verified one at the next start. Licences of physicians, psychologists, nurse practitioners and physician assistants are
 * new types. Source: infra/reference/domain.md 1.3, 1.5.
 */
export class TellCredentials1700000000105 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      insert into credential_type
        (id, version, code, name, issuer, cycle_months, ce_hours, ce_ethics_hours, renewal_opens_days, grace_days,
         qualifies)
      values
        (gen_random_uuid(), 1, 'PHYSICIAN', 'Physician (MD or DO)', 'State', 24, 0, 0, 90, 0, true),
        (gen_random_uuid(), 1, 'PSYCHOLOGIST', 'Licensed Psychologist', 'State', 24, 0, 0, 90, 0, true),
        (gen_random_uuid(), 1, 'APRN', 'Advanced Practice Registered Nurse', 'State', 24, 0, 0, 90, 0, true),
        (gen_random_uuid(), 1, 'PA', 'Physician Assistant', 'State', 24, 0, 0, 90, 0, true)
      on conflict (code) do nothing;
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job(
          'credential.tell', json_build_object('credentialId', id), job_key => 'credential.tell:' || id)
        from credential where status = 'VERIFIED';
      end $$`);
  }

  async down(): Promise<void> {
    // The timers run once, and a type that a credential refers to stays.
  }
}
