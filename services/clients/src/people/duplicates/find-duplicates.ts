import { mayKnow, type Care } from '@throughline/care';
import { openCursor, sealCursor, type Viewer } from '@throughline/graphql';
import {
  invalidInput,
  type InputIssue,
  type InvalidInput,
  type Problem,
} from '@throughline/graphql/problems';
import type { Tools } from '@throughline/command';
import { In, type EntityManager } from 'typeorm';
import { ClientEntity } from '../client/client.entity.ts';
import type { Client, PersonalRecord } from '../client/client.ts';
import { ownCare } from '../client/own-care.ts';
import { foldedWords } from '../search/fold.ts';
import { key } from '../search/term.ts';
import { compare, possibleFrom, scoreOf, type Evidence } from './duplicate.ts';

/** A client who may be the person that is being registered. */
export interface Candidate {
  client: Client;
  score: number;
  evidence: Evidence[];
  /** Who leads the case. */
  workerId: string | null;
  /** Whether the viewer works with the client; otherwise the evidence says nothing that the viewer may not know. */
  isKnown: boolean;
}

export interface PossibleDuplicates extends Problem {
  kind: 'PossibleDuplicates';
  candidates: Candidate[];
  token: string;
}

/** Most records that are compared: those that have most in common with the new one. */
const most = 50;

const KEYS = `
  select s.client_id as id from client_search s
  where s.terms && $1::text[]
  order by (select count(*) from unnest(s.terms) term where term = any($1::text[])) desc, s.client_id limit ${most}`;

const NAME = `
  select s.client_id as id from client_search s
  where s.terms @> $2::text[]
  order by (select count(*) from unnest(s.terms) term where term = any($1::text[])) desc, s.client_id limit ${most}`;

/**
 * Makes registrations of the same person wait for each other: by what two records of one person have in common. Only
 * numbers made of it are locked. Then the second one sees the first.
 */
export async function takeTurns(tx: EntityManager, record: PersonalRecord): Promise<void> {
  const keys = [...blockingKeys(record), key.sound(foldedWords(record.legalName))];
  await tx.query(
    `select pg_advisory_xact_lock(number) from (
       select distinct hashtextextended('person/' || one, 0) as number from unnest($1::text[]) one order by 1) numbers`,
    [keys],
  );
}

/** What hardly anybody else has. */
function blockingKeys({ dateOfBirth, contactPoints, externalIds }: PersonalRecord): string[] {
  return [
    ...(dateOfBirth ? [key.born(dateOfBirth)] : []),
    ...contactPoints.map(({ kind, value }) => (kind === 'PHONE' ? key.phone(value) : key.email(value))),
    ...externalIds.map(({ value }) => key.externalId(value)),
  ];
}

/** Clients who may be this person, the likeliest first. Source: infra/reference/domain.md 8.3. */
async function findCandidates(
  tx: EntityManager,
  viewer: Viewer,
  record: PersonalRecord,
): Promise<Candidate[]> {
  const words = foldedWords(record.legalName);
  const keys = [...blockingKeys(record), key.sound(words)];
  const found: { id: string }[] = await tx.query(
    `(${KEYS}) union ${words.length > 1 ? `(${NAME})` : 'select null where $2::text[] is null'}`,
    [keys, words],
  );
  if (found.length === 0) return [];
  const clients = await tx.findBy(ClientEntity, { id: In(found.map(({ id }) => id)) });
  const likely = clients
    .map((client) => ({ client, evidence: compare(record, client) }))
    .map((one) => ({ ...one, score: scoreOf(one.evidence) }))
    .filter(({ score }) => score >= possibleFrom)
    .sort((a, b) => b.score - a.score || (a.client.id < b.client.id ? -1 : 1));
  return likely.length === 0 ? [] : withCare(tx, viewer, likely);
}

const open: ReadonlySet<string> = new Set(['NAME', 'YEAR_OF_BIRTH']);

/** Somebody whom the viewer may not know of is found by the name, never by a number. Source: infra/reference/domain.md 3.8. */
function agreesInName({ field, verdict }: Candidate['evidence'][number]): boolean {
  return field === 'NAME' && verdict !== 'CONTRADICTS';
}

async function withCare(
  tx: EntityManager,
  viewer: Viewer,
  likely: readonly Pick<Candidate, 'client' | 'evidence' | 'score'>[],
): Promise<Candidate[]> {
  const ids = likely.map(({ client }) => client.id);
  const rows: Care[] = await tx.query(`${ownCare.select} where ${ownCare.clientId} = any($1::uuid[])`, [ids]);
  const careOf = new Map(rows.map((care) => [care.clientId, care]));
  const candidates = likely.map(({ client, evidence, score }) => {
    const care = careOf.get(client.id) ?? null;
    const isKnown = mayKnow(viewer, care);
    const said = isKnown ? evidence : evidence.filter(({ field }) => open.has(field));
    // The sum of what is said, and of nothing that is withheld: the difference would confirm a guess.
    const shown = isKnown ? score : scoreOf(said);
    return { client, score: shown, evidence: said, isKnown, workerId: care?.caseManagerId ?? null };
  });
  return candidates.filter(({ isKnown, evidence }) => isKnown || evidence.some(agreesInName));
}

/**
 * The clients of whom the viewer has said that they are somebody else; a Problem while one of them was not ruled out, or
 * when another client has one of the external ids. Locks, so that the second of two sees the first.
 */
export async function askAboutDuplicates(
  { tx, viewer }: Pick<Tools, 'tx' | 'viewer'>,
  record: PersonalRecord,
  token: string | null | undefined,
): Promise<Candidate[] | PossibleDuplicates | InvalidInput> {
  await takeTurns(tx, record);
  const candidates = await findCandidates(tx, viewer, record);
  const others = ruledOut(viewer, token);
  if (!others) return invalidInput([wrongToken]);
  if (candidates.some(({ client }) => !others.has(client.id))) return possibleDuplicates(viewer, candidates);
  const taken = await takenIds(tx, record, null);
  return taken.length > 0 ? invalidInput(taken) : candidates;
}

const wrongToken = {
  path: 'notDuplicates',
  code: 'INVALID',
  message: 'This is not a token that you were given with possible duplicates.',
};

/** Faults of external ids that another client has. */
export async function takenIds(
  tx: EntityManager,
  { externalIds }: PersonalRecord,
  clientId: string | null,
): Promise<InputIssue[]> {
  if (externalIds.length === 0) return [];
  const taken: { system: string; value: string }[] = await tx.query(
    `select e.system, e.value from jsonb_to_recordset($1::jsonb) as asked(system text, value text)
     join external_id e on e.system = asked.system and e.value = asked.value
     where e.client_id is distinct from $2::uuid`,
    [JSON.stringify(externalIds), clientId],
  );
  return externalIds.flatMap((one, place) =>
    taken.some(({ system, value }) => system === one.system && value === one.value)
      ? [{ path: `externalIds.${String(place)}`, code: 'TAKEN', message: 'Another client has this id.' }]
      : [],
  );
}

const list = 'possible duplicates';

/** The answer while nobody has said that the person is none of these. The token names them, sealed, for this viewer. */
function possibleDuplicates(viewer: Viewer, candidates: Candidate[]): PossibleDuplicates {
  const message =
    'The person may be registered already: look at each candidate. If it is none of them, send the token as notDuplicates.';
  const token = sealCursor(list, [viewer.id, ...candidates.map(({ client }) => client.id)]);
  return { kind: 'PossibleDuplicates', message, candidates, token };
}

/** The clients of whom the viewer said that they are somebody else; null when the token is not one that was handed to the viewer. */
function ruledOut(viewer: Viewer, token: string | null | undefined): ReadonlySet<string> | null {
  if (!token) return new Set();
  const [viewerId, ...ids] = openCursor(list, token) ?? [];
  return viewerId === viewer.id ? new Set(ids) : null;
}

/** Keeps who said that the new client is none of these. */
export async function keepRulings(
  tx: EntityManager,
  { id, registeredBy, registeredAt }: Client,
  candidates: readonly Candidate[],
): Promise<void> {
  if (candidates.length === 0) return;
  await tx.query(
    `insert into duplicate_ruling (client_id, other_id, score, ruled_by, ruled_at)
     select $1, one.id, one.score, $2, $3 from jsonb_to_recordset($4::jsonb) as one(id uuid, score int)`,
    [
      id,
      registeredBy,
      registeredAt,
      JSON.stringify(candidates.map(({ client, score }) => ({ id: client.id, score }))),
    ],
  );
}
