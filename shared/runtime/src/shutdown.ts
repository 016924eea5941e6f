import type { Logger } from './logger.ts';

/** Result of the start of every program. */
export interface Running {
  name: string;
  url: string;
  /** Lets callers leave before `close`; left out: nobody calls. */
  drain?(): Promise<void>;
  close(): Promise<void>;
}

/** Closes the parts in reverse order of their opening; one failing part does not keep the others open. */
export class Closers {
  readonly #closers: { name: string; close: () => unknown }[] = [];

  add(name: string, close: () => unknown): void {
    this.#closers.push({ name, close });
  }

  async close(logger: Logger): Promise<void> {
    for (const { name, close } of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        logger.warn({ id: name, error }, 'a part did not close in order');
      }
    }
  }
}

/** For main.ts: on SIGTERM and SIGINT lets callers leave, closes within `graceMs`, then exits. */
export function closeOnSignal(running: Running, logger: Logger, graceMs = 10_000): void {
  let closing = false;
  const close = (signal: NodeJS.Signals): void => {
    if (closing) return;
    closing = true;
    logger.info({ signal }, 'closing');
    void leave(running, graceMs).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

async function leave(running: Running, graceMs: number): Promise<void> {
  await running.drain?.();
  setTimeout(() => process.exit(1), graceMs).unref();
  await running.close();
}
