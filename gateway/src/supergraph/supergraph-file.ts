import { existsSync, readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Logger } from '@throughline/runtime';
import { checkSupergraph } from './check-supergraph.ts';

export interface SupergraphFileOptions {
  path: string;
  /** Time between two checks of the file; 0: only on demand. */
  watchMs: number;
  graph: string;
  logger: Logger;
}

export type Serve = (sdl: string) => Promise<void>;

/** A composed file that is watched: a new one is served; a broken one is refused and the old one stays. */
export class SupergraphFile {
  readonly #options: SupergraphFileOptions;
  #served: string;
  #queue: Promise<void> = Promise.resolve();
  #stop = (): void => undefined;

  /** Throws when the file is broken: there is no old one to fall back to. */
  constructor(options: SupergraphFileOptions) {
    this.#options = options;
    this.#served = this.#read();
  }

  get served(): string {
    return this.#served;
  }

  follow(serve: Serve): void {
    const { path, watchMs } = this.#options;
    if (watchMs === 0) return;
    const onChange = (): void => void this.take(serve);
    watchFile(path, { interval: watchMs, persistent: false }, onChange);
    this.#stop = () => unwatchFile(path, onChange);
  }

  /** Serves the present content of the file, after earlier changes are done. Never throws. */
  take(serve: Serve): Promise<void> {
    this.#queue = this.#queue.then(() => this.#take(serve));
    return this.#queue;
  }

  /** Stops watching. */
  async close(): Promise<void> {
    this.#stop();
    await this.#queue;
  }

  async #take(serve: Serve): Promise<void> {
    const { graph, logger } = this.#options;
    try {
      const sdl = this.#read();
      if (sdl === this.#served) return;
      await serve(sdl);
      this.#served = sdl;
      logger.info({ type: graph }, 'a new supergraph is served');
    } catch (error) {
      logger.error({ type: graph, error }, 'the new supergraph is refused; the one before is served on');
    }
  }

  #read(): string {
    const { path } = this.#options;
    if (!existsSync(path)) throw new Error(`${path} is missing. "npm run compose" writes the supergraphs.`);
    const sdl = readFileSync(path, 'utf8');
    checkSupergraph(sdl);
    return sdl;
  }
}
