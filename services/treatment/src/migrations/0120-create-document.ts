import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDocument1700000000120 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [DOCUMENT, PIECE, ACCESS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table document_access, document_piece, client_document');
  }
}

const DOCUMENT = `
  create table client_document (
    id uuid primary key,
    client_id uuid not null,
    class text not null check (class in ('IDENTITY_PAPER', 'INSURANCE', 'BENEFIT_LETTER', 'HOUSING_PAPER',
      'SIGNED_CONSENT', 'MEDICAL_REPORT', 'DISCHARGE_SUMMARY', 'MENTAL_HEALTH_REPORT', 'SUD_RECORD', 'COURT_PAPER',
      'PROTECTION_ORDER')),
    title text not null,
    labels text[] not null check (not labels && array['SUD_NOTE', 'PSYTHER_NOTE']),
    media text not null check (media in ('PDF', 'JPEG', 'PNG', 'TIFF')),
    bytes integer not null check (bytes > 0),
    sha256 text,
    added_at timestamptz not null,
    added_by uuid not null,
    stored_at timestamptz,
    object_id uuid,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_reason text,
    version integer not null,
    check ((stored_at is null) = (sha256 is null)),
    check (object_id is null or stored_at is not null),
    check ((withdrawn_at is null) = (withdrawn_by is null))
  );
  comment on table client_document is 'Files about clients: what they are; their content stands in document_piece, or under object_id in the object store.';
  create index client_document_client on client_document (client_id, added_at desc, id desc);
  create trigger client_document_kept before delete on client_document for each row
    when (old.stored_at is not null or old.withdrawn_at is not null) execute function refuse_change();
  grant select, insert, delete on client_document to treatment_app;
  grant update (sha256, stored_at, object_id, withdrawn_at, withdrawn_by, withdrawn_reason, version) on client_document
    to treatment_app;`;

const PIECE = `
  create table document_piece (
    document_id uuid not null references client_document (id),
    place integer not null,
    sealed bytea not null,
    primary key (document_id, place)
  );
  comment on table document_piece is 'Content of documents, encrypted, in pieces of 1 MiB; written once.';
  alter table document_piece alter column sealed set storage external;
  create trigger document_piece_append_only before update or delete on document_piece
    for each row execute function refuse_change();
  grant select, insert on document_piece to treatment_app;`;

const ACCESS = `
  create table document_access (
    id uuid primary key,
    document_id uuid not null references client_document (id),
    client_id uuid not null,
    staff_id uuid not null,
    at timestamptz not null
  );
  comment on table document_access is 'Who opened which document; written once.';
  create index document_access_document on document_access (document_id, at);
  create trigger document_access_append_only before update or delete on document_access
    for each row execute function refuse_change();
  grant select, insert on document_access to treatment_app;`;
