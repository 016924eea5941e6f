import type { Server, ServerResponse } from 'node:http';
import { closeServer } from '@throughline/runtime';

/** Lets a server end: what has come in is answered, and callers are told to come back by another connection. */
export class Draining {
  readonly #open = new Set<ServerResponse>();
  #begun = false;

  track(response: ServerResponse): void {
    if (this.#begun) response.shouldKeepAlive = false;
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }

  async end(server: Server): Promise<void> {
    this.#begun = true;
    // Otherwise callers would go on with connections that are about to be cut.
    for (const response of this.#open) response.shouldKeepAlive = false;
    await closeServer(server);
  }
}
