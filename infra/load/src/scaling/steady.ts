import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { services } from '@throughline/e2e/a-directory.ts';
import { Agent } from 'undici';

const READS_EACH_SECOND = 12;
const ONE_WRITE_AFTER_READS = 8;
const MOST_MS = 15_000;

/** Parts of all four services. */
export const page = `query Page($id: ID!) {
  client(id: $id) { caseNumber activeCase { needs { status referralRequests { id } } } timeline(first: 5) { edges { node { kind } } } }
  service(id: "${services.nights}") { name }
  myNotifications(first: 5) { edges { node { code } } }
}`;
const register = `mutation Register($input: RegisterClientInput!) { outcome: registerClient(input: $input) {
  __typename ... on Client { id activeCase { needs { id } } } } }`;
const refer = `mutation Refer($input: CreateReferralInput!) { outcome: createReferral(input: $input) {
  __typename ... on Referral { id } } }`;

interface Write {
  query: string;
  input: Record<string, unknown>;
}

interface Outcome {
  outcome: { __typename: string; id: string; activeCase?: { needs: { id: string }[] } };
}

/** What happened during one phase. */
export interface Phase {
  asked: number;
  /** No whole answer came, by code. */
  lost: Record<string, number>;
  /** Longest time without any whole answer. */
  longestSilenceMs: number;
  slowestMs: number;
}

/** People who work on while programs are restarted: reads over all services, and commands that make facts. */
export class Steady {
  /** Ids of clients and of those with a referral, by what callers were told. */
  readonly clients = new Set<string>();
  readonly referred = new Set<string>();
  readonly #agent = new Agent({ connections: 16 });
  readonly #url: () => string;
  readonly #token: string;
  readonly #inDoubt: Write[] = [];
  #phase: Phase = emptyPhase();
  #answeredAt = performance.now();
  #going = true;
  #done: Promise<unknown> = Promise.resolve();

  /** `url` answers which gateway takes the next request. */
  constructor(url: () => string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  begin(): void {
    this.#done = this.#work();
  }

  /** What happened since the last call. */
  async phase(work: () => Promise<unknown>): Promise<Phase> {
    this.#phase = emptyPhase();
    const phase = this.#phase;
    await work();
    await wait(1_000);
    return phase;
  }

  /** Sends what was in doubt again, with its key, when everything works. Answers how many these were. */
  async end(): Promise<number> {
    this.#going = false;
    await this.#done;
    const again = this.#inDoubt.splice(0);
    for (const write of again) await this.#write(write);
    if (this.#inDoubt.length > 0) throw new Error(`${String(this.#inDoubt.length)} commands fail still`);
    await this.#agent.close();
    return again.length;
  }

  async #work(): Promise<void> {
    const asked: Promise<unknown>[] = [];
    let due = performance.now();
    for (let n = 0; this.#going; n += 1) {
      due += 1_000 / READS_EACH_SECOND;
      await wait(Math.max(0, due - performance.now()));
      const [id] = [...this.clients].slice(n % Math.max(1, this.clients.size));
      if (n % ONE_WRITE_AFTER_READS === 0) asked.push(this.#help());
      else if (id) asked.push(this.#send(page, { id }));
    }
    await Promise.all(asked);
  }

  /** A new client, and a referral. */
  async #help(): Promise<void> {
    const key = randomUUID();
    const client = await this.#write({
      query: register,
      input: {
        ...inventedPerson(),
        needs: [{ category: 'HOMELESSNESS', clientRank: 1 }],
        idempotencyKey: key,
      },
    });
    const needId = client?.activeCase?.needs[0]?.id;
    if (needId) await this.#refer(needId, client.id);
  }

  /** Referrals hears of the need by a fact; until then it knows no such need. */
  async #refer(needId: string, clientId: string): Promise<void> {
    const input = { needId, serviceId: services.nights, idempotencyKey: randomUUID() };
    for (let attempt = 0; attempt < 60; attempt += 1) {
      await wait(1_000);
      const outcome = await this.#write({ query: refer, input });
      if (outcome?.__typename === 'Referral') this.referred.add(clientId);
      if (outcome?.__typename !== 'NotFound') return;
    }
    this.#lose('the need is not known after a minute');
  }

  async #write(write: Write): Promise<Outcome['outcome'] | null> {
    const outcome = (await this.#send<Outcome>(write.query, { input: write.input }))?.outcome;
    if (!outcome) {
      this.#inDoubt.push(write);
      return null;
    }
    if (outcome.__typename === 'Client') this.clients.add(outcome.id);
    else if (!['Referral', 'NotFound'].includes(outcome.__typename)) this.#lose(outcome.__typename);
    return outcome;
  }

  /** The data of a whole answer; null when it was none. */
  async #send<Data>(query: string, variables: object): Promise<Data | null> {
    const began = performance.now();
    const phase = this.#phase;
    phase.asked += 1;
    try {
      const { statusCode, body } = await this.#agent.request({
        ...target(this.#url()),
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
        body: JSON.stringify({ query, variables }),
        headersTimeout: MOST_MS,
      });
      const { data, errors } = (await body.json()) as {
        data?: Data;
        errors?: { message: string; extensions?: { code?: string } }[];
      };
      const [first] = errors ?? [];
      if (first || !data) {
        this.#lose(first?.extensions?.code ?? first?.message ?? `HTTP ${String(statusCode)}`);
        return null;
      }
      const now = performance.now();
      this.#phase.longestSilenceMs = Math.max(this.#phase.longestSilenceMs, now - this.#answeredAt);
      this.#phase.slowestMs = Math.max(this.#phase.slowestMs, now - began);
      this.#answeredAt = now;
      return data;
    } catch (error) {
      this.#lose((error as NodeJS.ErrnoException).code ?? (error as Error).name);
      return null;
    }
  }

  #lose(code: string): void {
    this.#phase.lost[code] = (this.#phase.lost[code] ?? 0) + 1;
  }
}

/** Alike with nobody: names of random letters, and any day of sixty years. */
function inventedPerson(): { legalName: string; dateOfBirth: string } {
  const word = () => Array.from({ length: 9 }, () => String.fromCharCode(97 + randomInt(26))).join('');
  const [year, month, day] = [1940 + randomInt(60), 1 + randomInt(12), 10 + randomInt(18)];
  const dateOfBirth = `${String(year)}-${String(month).padStart(2, '0')}-${String(day)}`;
  return { legalName: `${word()} ${word()}`, dateOfBirth };
}

function target(url: string): { origin: string; path: string } {
  const { origin, pathname: path } = new URL(url);
  return { origin, path };
}

function emptyPhase(): Phase {
  return { asked: 0, lost: {}, longestSilenceMs: 0, slowestMs: 0 };
}
