import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { closeServer } from './listen.ts';

/** How long a program that was asked to end waits for its callers to leave. Longer than the gateway keeps an unused connection. */
export const DRAIN_MS = 5_000;

/** How long a caller inside the system keeps a connection that it does not use. */
export const KEEP_UNUSED_MS = 3_000;

const LOOK_EVERY_MS = 20;

/** Lets a server end: what has come in is answered, and callers are told to come back by another connection. */
export class Draining {
  readonly #open = new Set<ServerResponse>();
  #begun = false;

  track(response: ServerResponse): void {
    if (this.#begun) response.shouldKeepAlive = false;
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }

  /**
   * Still takes what comes, and ends each connection with its next answer; resolves when none is left, at the latest after
   * `mostMs`. A connection that is cut while its caller begins to use it would lose the request.
   */
  async begin(server: Server, mostMs: number): Promise<void> {
    this.#begun = true;
    for (const response of this.#open) response.shouldKeepAlive = false;
    const until = Date.now() + mostMs;
    while (Date.now() < until && (await connectionsOf(server)) > 0) await pause(LOOK_EVERY_MS);
  }

  async end(server: Server): Promise<void> {
    await this.begin(server, 0);
    await closeServer(server);
  }
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
