import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests to close a case although something is open. Source: infra/reference/domain.md 1.2. */
export class AskToClose1700000000131 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table close_request (
        id uuid primary key,
        case_id uuid not null references case_file (id),
        client_id uuid not null references client (id),
        reason text not null check (reason <> 'DECEASED'),
        note text,
        override_note text not null check (override_note ~ '[^[:space:]]'),
        asked_at timestamptz not null,
        asked_by uuid not null references case_manager (id),
        status text not null check (status in ('PENDING', 'APPROVED', 'REFUSED', 'SETTLED')),
        decided_at timestamptz,
        decided_by uuid references case_manager (id) check (decided_by <> asked_by),
        decision_reason text,
        check ((status = 'PENDING') = (decided_at is null)),
        check ((status in ('APPROVED', 'REFUSED')) = (decided_by is not null))
      );
      comment on table close_request is 'Requests to a supervisor to close a case although something is open.';
      create index close_request_case on close_request (case_id, asked_at desc, id desc);
      create unique index close_request_waiting on close_request (case_id) where status = 'PENDING';
      create index close_request_client on close_request (client_id);
      grant select, insert on close_request to clients_app;
      grant update (status, decided_at, decided_by, decision_reason) on close_request to clients_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table close_request');
  }
}
