import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Discharges whose first appointment is missing: when it was told last. */
export class CreateAppointmentAlarm1700000000140 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table appointment_alarm (
        stay_id uuid primary key references stay,
        client_id uuid not null,
        told_on date not null
      );
      comment on table appointment_alarm is 'Discharges without a first appointment within 7 days, with the day on which the alarm was told last.';
      comment on column appointment_alarm.told_on is 'Day of the program; the alarm is told again the next morning.';
      grant select, insert, update, delete on appointment_alarm to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table appointment_alarm');
  }
}
