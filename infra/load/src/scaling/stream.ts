import { setTimeout as wait } from 'node:timers/promises';

const query = 'subscription Caseload { caseloadChanged { id } }';
const AGAIN_AFTER_MS = 100;

/** A live stream of a case manager's caseload that begins again after its last event when it ends, as a front end does. */
export class Stream {
  /** Ids of the clients that it told of. */
  readonly heard = new Set<string>();
  /** How often it began. */
  begun = 0;
  /** How often it could not begin after its last event: the front end reads again. */
  gaps = 0;
  readonly #url: () => string;
  readonly #token: string;
  readonly #leaving = new AbortController();
  #lastEventId: string | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(url: () => string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  begin(): void {
    this.#done = this.#follow();
  }

  async end(): Promise<void> {
    this.#leaving.abort();
    await this.#done;
  }

  async #follow(): Promise<void> {
    while (!this.#leaving.signal.aborted) {
      await this.#listen().catch(() => undefined);
      await wait(AGAIN_AFTER_MS);
    }
  }

  async #listen(): Promise<void> {
    const response = await fetch(this.#url().replace(/graphql$/, 'graphql/stream'), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${this.#token}`,
      },
      body: JSON.stringify({
        query,
        ...(this.#lastEventId && { extensions: { lastEventId: this.#lastEventId } }),
      }),
      signal: this.#leaving.signal,
    });
    if (response.status === 409) {
      this.gaps += 1;
      this.#lastEventId = undefined;
    }
    if (response.status !== 200 || !response.body) return;
    this.begun += 1;
    let rest = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(line);
    }
  }

  #hear(line: string): void {
    if (!line.startsWith('data: {')) return;
    const event = JSON.parse(line.slice('data: '.length)) as {
      data?: { caseloadChanged?: { id: string } | null } | null;
      extensions?: { eventId?: string };
    };
    this.#lastEventId = event.extensions?.eventId ?? this.#lastEventId;
    if (event.data?.caseloadChanged) this.heard.add(event.data.caseloadChanged.id);
  }
}
