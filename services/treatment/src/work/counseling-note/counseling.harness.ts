import { randomBytes } from 'node:crypto';
import { caseRoleAssigned, staffRecorded } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { createLogger, pgTimeouts, usualTimeouts } from '@throughline/runtime';
import pg from 'pg';
import { staff, testTreatment } from '../../treatment.harness.ts';

interface Answer extends Record<string, unknown> {
  __typename: string;
  id: string;
  version: number;
}
export interface NotesPage {
  edges: { node: { id: string; text: string } }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}
export const notesPage = `query ($c: ID!, $first: Int, $after: Cursor) { counselingNotes(clientId: $c, first: $first, after: $after) {
  edges { node { id text author { id } } } pageInfo { hasNextPage endCursor } } }`;
const keyOf = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

export async function as<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, ...pgTimeouts(usualTimeouts) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The treatment service with a case manager, her supervisor and three clinicians; `first` encrypts, `second` opens. */
export async function counselingWorld() {
  const lines: string[] = [];
  const logger = createLogger({
    ...{ service: 'treatment', level: 'debug' },
    destination: { write: (line: string) => void lines.push(line) },
  });
  const keys = { first: keyOf('first'), second: keyOf('second'), third: keyOf('third') };
  const settings = { COUNSELING_NOTE_KEYS: `${keys.first},${keys.second}` };
  const treatment = await testTreatment({ logger, settings });
  const now = new Date();
  const [sam, maria] = [staff('SUPERVISOR'), staff('CASE_MANAGER')];
  const [chen, ada, bo] = [staff('CLINICIAN'), staff('CLINICIAN'), staff('CLINICIAN')];
  for (const { id: staffId } of [chen, ada, bo]) {
    const record = { staffId, supervisorId: sam.id, roles: ['CLINICIAN'], timeZone: null, active: true };
    await treatment.tell('clients', staffRecorded.of(staffId, now, record));
  }

  async function run(viewer: Viewer, mutation: string, input: object): Promise<Answer> {
    const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
    const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on CounselingNote { id version text signedAt amendsId readers { id } }
    ... on Problem { message ... on InvalidInput { issues { path code } } } } }`;
    const { data, errors } = await treatment.ask<{ r: Answer }>(viewer, query, { input });
    expect(errors).toEqual([]);
    return data.r;
  }
  async function notesOf(viewer: Viewer, c: string, args: object = {}): Promise<NotesPage | null> {
    const query = { c, ...args };
    const { counselingNotes } = await treatment.get<{ counselingNotes: NotesPage | null }>(
      viewer,
      notesPage,
      query,
    );
    return counselingNotes;
  }
  const textsOf = async (viewer: Viewer, c: string) =>
    (await notesOf(viewer, c))?.edges.map(({ node }) => node.text) ?? null;

  /** A client of Maria, on whose care team are these people. */
  async function aClient(...team: readonly Viewer[]): Promise<string> {
    const clientId = await treatment.assign(maria.id, sam.id);
    const [{ caseId }] = await treatment.db.query<[{ caseId: string }]>(
      'select case_id as "caseId" from care where client_id = $1',
      [clientId],
    );
    for (const { id: staffId } of team) {
      const role = { clientId, caseId, staffId, role: 'SECONDARY' };
      await treatment.tell('clients', caseRoleAssigned.of(clientId, now, role));
    }
    return clientId;
  }
  const written = (clientId: string, more: object = {}) =>
    run(chen, 'writeCounselingNote', {
      ...{ clientId, kind: 'PSYCHOTHERAPY', sessionOn: '2026-01-02', text: 'Dream of water', ...more },
    });

  /** What the log of accesses says, in order; of one person where one is named. */
  async function actsOn(noteId: string, staffId: string | null = null): Promise<string[]> {
    const sql = `select act from counseling.access_event
    where note_id = $1 and ($2::uuid is null or staff_id = $2) order by id`;
    const { rows } = await as(treatment.database.ownerUrl, (owner) =>
      owner.query<{ act: string }>(sql, [noteId, staffId]),
    );
    return rows.map(({ act }) => act);
  }
  return {
    treatment,
    lines,
    keys,
    sam,
    maria,
    chen,
    ada,
    bo,
    run,
    notesOf,
    textsOf,
    aClient,
    written,
    actsOn,
  };
}

export type CounselingWorld = Awaited<ReturnType<typeof counselingWorld>>;
