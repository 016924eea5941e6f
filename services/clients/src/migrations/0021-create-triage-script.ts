import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTriageScript1700000000021 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TRIAGE_SCRIPT);
    await queryRunner.query(
      `insert into triage_script (id, number, questions, published_at, published_by)
       values ('0199a000-0000-7000-8000-00000000a001', 1, $1, '2026-11-01T00:00:00Z', null)`,
      [JSON.stringify(FIRST_SCRIPT)],
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table triage_script');
  }
}

const TRIAGE_SCRIPT = `
  create table triage_script (
    id uuid primary key,
    number integer not null unique check (number > 0),
    questions jsonb not null,
    published_at timestamptz not null,
    published_by uuid references case_manager (id)
  );
  comment on table triage_script is
    'Questions for a first call. A version never changes, because inquiries keep the version that was asked.';
  comment on column triage_script.published_by is 'Null: it came with the system.';
  grant select, insert on triage_script to clients_app;`;

const yes = (more: object = {}) => ({ code: 'YES', text: 'Yes', ...more });
const no = (more: object = {}) => ({ code: 'NO', text: 'No', ...more });
const unsure = (more: object = {}) => ({ code: 'UNSURE', text: 'Not sure', ...more });
const crisis = { urgency: 'CRISIS', transferTo: 'CRISIS' };
const emergency = { urgency: 'CRISIS', transferTo: 'EMERGENCY' };
const urgent = { urgency: 'URGENT' };

/** Plain questions of our own; they are no instrument and have no score. */
const FIRST_SCRIPT = [
  {
    code: 'danger-now',
    text: 'Is anybody hurt or in danger at this moment?',
    choice: 'ONE',
    required: true,
    answers: [
      yes({
        ...emergency,
        advice: 'Stay on the line. Ask where the person is and call 911 on another line.',
      }),
      unsure({ ...crisis, advice: 'Stay on the line and bring the crisis line into the call.' }),
      no(),
    ],
  },
  {
    code: 'harm-thoughts',
    text: 'Do you think about ending your life, or about hurting yourself or somebody else?',
    choice: 'ONE',
    required: true,
    answers: [
      { code: 'NOW', text: 'Yes, now', ...crisis, advice: 'Stay on the line and bring 988 into the call.' },
      { code: 'LATELY', text: 'Not now, but in the past month', ...urgent },
      no(),
      { code: 'NO_ANSWER', text: 'I do not want to say', ...urgent },
    ],
  },
  {
    code: 'harm-plan',
    text: 'Do you have a plan, or a means at hand?',
    choice: 'ONE',
    required: true,
    askIf: { question: 'harm-thoughts', anyOf: ['LATELY', 'NO_ANSWER'] },
    answers: [
      yes({ ...crisis, advice: 'Stay on the line and bring 988 into the call.' }),
      no(),
      unsure(urgent),
    ],
  },
  {
    code: 'recent-use',
    text: 'Did you drink alcohol or use other substances in the past three days?',
    choice: 'ONE',
    required: false,
    answers: [yes(), no(), { code: 'NO_ANSWER', text: 'I do not want to say' }],
  },
  {
    code: 'withdrawal',
    text: 'Since then, did you shake, sweat or see things that were not there, or did you have a seizure?',
    choice: 'ONE',
    required: true,
    askIf: { question: 'recent-use', anyOf: ['YES'] },
    answers: [
      {
        code: 'SEVERE',
        text: 'A seizure, or seeing things',
        ...emergency,
        advice: 'Withdrawal can be dangerous: call 911.',
      },
      { code: 'SOME', text: 'Shaking or sweating', ...urgent },
      no(),
    ],
  },
  {
    code: 'tonight',
    text: 'Do you have a safe place to sleep tonight?',
    choice: 'ONE',
    required: false,
    answers: [yes(), no(urgent), unsure(urgent)],
  },
  {
    code: 'wishes',
    text: 'What do you want help with first?',
    choice: 'MANY',
    required: false,
    answers: [
      { code: 'TREATMENT', text: 'Treatment or detox' },
      { code: 'COUNSELING', text: 'Somebody to talk to' },
      { code: 'HOUSING', text: 'A place to live' },
      { code: 'FOOD', text: 'Food' },
      { code: 'LEGAL', text: 'Courts or documents' },
      { code: 'FAMILY', text: 'Help for my family' },
      { code: 'OTHER', text: 'Something else' },
    ],
  },
];
