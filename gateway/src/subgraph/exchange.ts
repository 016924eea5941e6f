import type { Dispatcher } from 'undici';
import type { Gone } from './gone.ts';

export interface Answer {
  /** False: it is not what a GraphQL server answers, or it broke off. */
  usable: boolean;
  text: string;
}

/** Why there is no answer. */
export type Ending = 'late' | 'gone' | 'unreachable';

export interface Waiting {
  timeoutMs: number;
  /** Nobody waits for the answer any more. */
  gone: Gone | undefined;
  answered(answer: Answer): void;
  ended(why: Ending): void;
}

const json = /^application\/(graphql-response\+)?json\b/;
const abandoned = new Error('The call was given up');
abandoned.stack = '';

/**
 * One running call; its end is reported once. It uses undici below `request`, because a stream and signals for
 * time-outs cost more than the rest of a call.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #waiting: Waiting;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #begun = false;
  #usable = false;
  #over = false;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
    this.#timer = setTimeout(() => this.#giveUp('late'), waiting.timeoutMs).unref();
    waiting.gone?.add(this.#onGone);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(abandoned);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#begun = true;
    this.#usable = isUsable(status, headers['content-type']);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#usable) this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first, second] = this.#chunks;
    const whole = first && !second ? first : Buffer.concat(this.#chunks);
    this.#end(() => this.#waiting.answered({ usable: this.#usable, text: whole.toString() }));
  }

  onResponseError(): void {
    this.#end(() => {
      if (this.#begun) this.#waiting.answered({ usable: false, text: '' });
      else this.#waiting.ended('unreachable');
    });
  }

  readonly #onGone = (): void => {
    this.#giveUp('gone');
  };

  #giveUp(why: Ending): void {
    this.#end(() => this.#waiting.ended(why));
    this.#controller?.abort(abandoned);
  }

  #end(tell: () => void): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#waiting.gone?.remove(this.#onGone);
    tell();
  }
}

/**
 * With 400 a service says that variables are wrong, and the caller must know that. The caller gets no details
 * when the service refused the gateway (401, 403), failed (5xx), or something between answered.
 */
function isUsable(status: number, type: string | string[] | undefined): boolean {
  return (status === 200 || status === 400) && (type === undefined || json.test(String(type)));
}
