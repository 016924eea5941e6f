import { mayFindOthers, readableBy } from '@throughline/care';
import {
  badInput,
  connection,
  readPage,
  type Connection,
  type Page,
  type PageArgs,
} from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Client } from '../client/client.ts';
import { listClients } from '../client/find-clients.ts';
import { EVERYBODY, reachOf, workingReachOf } from '../client/listed-reach.ts';
import {
  asksOpenly,
  matchedOn,
  readableQuestion,
  readQuestion,
  type MatchKind,
  type Place,
} from './question.ts';
import { searchBeyond, searchWithin, searchWordBeyond } from './search-statements.ts';
import { withSpellings } from './spellings.ts';

/** A row of the list: the client, and what the search found it by. */
export interface ClientEdge {
  cursor: string;
  node: Client;
  matchedOn: MatchKind[];
}

/** A page of clients; `question` is what `others` asks again beyond the reach of the viewer. */
export interface FoundClients extends Omit<Connection<Client>, 'edges'> {
  edges: ClientEdge[];
  question: Place[] | null;
}

/** A person whom the viewer does not work with. There is no id: it would open nothing and tell something. */
export interface OtherClient {
  legalName: string;
  nameToUse: string | null;
  birthYear: number | null;
  workerId: string | null;
  matchedOn: MatchKind[];
}

interface Hit {
  id: string;
  sortName: string;
  terms: string[];
  score: number;
}

/** Clients that the viewer may know of: all of them by name, or those that a search finds, best first. */
export async function findClients(
  context: Context,
  { search, ...args }: PageArgs & { search?: string | null | undefined },
): Promise<FoundClients> {
  const text = search?.trim().slice(0, 200) ?? '';
  if (text.includes('\0')) throw badInput('search has characters that cannot be read or stored');
  if (text === '') {
    const { edges, pageInfo } = await listClients(context, readPage(args, 'clients'));
    return { edges: edges.map((edge) => withKinds(edge, [])), pageInfo, question: null };
  }
  const page = readPage(args, 'clients of a search');
  const question = await withSpellings(context.db, readQuestion(text));
  const hits = await findHits(context, question, page);
  const clients = await context.loaders.clientById.loadMany(hits.map(({ id }) => id));
  const known = new Map(clients.flatMap((one) => (one && !(one instanceof Error) ? [[one.id, one]] : [])));
  const rows = hits.flatMap((hit) => known.get(hit.id) ?? []);
  const byId = new Map(hits.map((hit) => [hit.id, hit]));
  const { edges, pageInfo } = connection(rows, page, ({ id }) => positionOf(byId.get(id)));
  const kindsOf = (id: string) => byId.get(id)?.kinds ?? [];
  return { edges: edges.map((edge) => withKinds(edge, kindsOf(edge.node.id))), pageInfo, question };
}

/** The cursor is sealed only when it is asked for. */
function withKinds(edge: { cursor: string; node: Client }, kinds: MatchKind[]): ClientEdge {
  return {
    node: edge.node,
    matchedOn: kinds,
    get cursor() {
      return edge.cursor;
    },
  };
}

function positionOf(hit: Hit | undefined): (string | number)[] {
  return hit ? [hit.score, hit.sortName, hit.id] : [];
}

/** A client whom the search found, and by what. */
interface FoundHit extends Hit {
  kinds: MatchKind[];
}

/**
 * Who knows of everybody reads less of most of them. Clients of whom the viewer reads more are found by more: each of
 * the two lists asks only for what may be read of its clients.
 */
async function findHits(context: Context, question: readonly Place[], page: Page): Promise<FoundHit[]> {
  const { db, viewer } = context;
  const reach = reachOf(viewer);
  if (question.length === 0 || reach.length === 0) return [];
  const find = async (sql: string, places: readonly Place[]): Promise<FoundHit[]> => {
    const hits: Hit[] = await db.query(sql, parametersOf(viewer.id, places, page));
    return hits.map((hit) => ({ ...hit, kinds: matchedOn(places, new Set(hit.terms)) }));
  };
  if (!reach.includes(EVERYBODY)) return find(searchWithin(reach, question.length), question);

  const near = workingReachOf(viewer);
  const open = readableQuestion(question, partsOfEverybody);
  const nearHits = near.length > 0 ? await find(searchWithin(near, question.length), question) : [];
  const farHits = open ? await find(beyond(near, open), open) : [];
  return [...nearHits, ...farHits].sort(byPosition).slice(0, page.first + 1);
}

/** What a privacy officer reads of a client by that relation alone. */
const partsOfEverybody = readableBy('PRIVACY');

/** The order of the statements: sort names stand in the order of their bytes. */
function byPosition(a: Hit, b: Hit): number {
  return (
    b.score - a.score ||
    Buffer.compare(Buffer.from(a.sortName), Buffer.from(b.sortName)) ||
    (a.id < b.id ? -1 : 1)
  );
}

function beyond(reach: readonly string[], question: readonly Place[]): string {
  const [place] = question;
  const isOneWord = question.length === 1 && place?.variants.every(({ term }) => !term.startsWith('#'));
  return isOneWord ? searchWordBeyond(reach) : searchBeyond(reach, question.length);
}

function parametersOf(viewerId: string, question: readonly Place[], page: Page): unknown[] {
  const variants = question.flatMap((place, number) =>
    place.variants.map(({ term, weight }) => ({ place: number, term, weight })),
  );
  const [score = null, sortName = null, id = null] = page.after ?? [];
  const terms = question.map((place) => place.variants.map(({ term }) => term));
  return [viewerId, JSON.stringify(variants), score, sortName, id, page.first + 1, ...terms];
}

/**
 * People beyond the reach of the viewer, for roles that search before they register, and only by name and year of birth.
 * Source: infra/reference/domain.md 3.8.
 */
export async function findOthers(
  { db, viewer }: Context,
  question: readonly Place[] | null,
  args: PageArgs,
): Promise<Connection<OtherClient>> {
  const page = readPage(args, 'other clients of a search');
  if (!question || !mayFindOthers(viewer) || !asksOpenly(question)) return connection([], page, () => []);
  const reach = reachOf(viewer);
  if (reach.includes(EVERYBODY)) return connection([], page, () => []);
  const sql = `select hit.*, c.legal_name as "legalName", c.name_to_use as "nameToUse",
      coalesce(extract(year from c.date_of_birth)::int, c.birth_year) as "birthYear", a.case_manager_id as "workerId"
    from (${beyond(reach, question)}) hit join client c on c.id = hit.id
    left join assignment a on a.client_id = hit.id and a.role = 'PRIMARY' and a.ended_at is null
    order by hit.score desc, hit."sortName", hit.id`;
  const hits: (Hit & Omit<OtherClient, 'matchedOn'>)[] = await db.query(
    sql,
    parametersOf(viewer.id, question, page),
  );
  const rows = hits.map((hit) => ({ ...hit, matchedOn: matchedOn(question, new Set(hit.terms)) }));
  return connection(rows, page, positionOf);
}
