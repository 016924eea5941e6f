import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Cut } from './schedule.ts';

const DELAY_MS = 200;

/** Whether these bytes from a client ask the server to store something. */
export type IsAppend = (bytes: Buffer) => boolean;

/** Kafka: a request is its size (4 bytes), then its kind (2 bytes); Produce is 0. */
export const isProduce: IsAppend = (bytes) =>
  bytes.length > 8 && bytes.readInt32BE(0) >= bytes.length - 4 && bytes.readInt16BE(4) === 0;

export const isCommit: IsAppend = (bytes) => bytes.includes('COMMIT');

/** A TCP proxy on 127.0.0.1 that can disturb what goes through it. */
export class Proxy {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #isAppend: IsAppend;
  readonly #pairs = new Set<Pair>();
  #delayUntil = 0;
  #armed = 0;

  private constructor(targetPort: number, isAppend: IsAppend) {
    this.#targetPort = targetPort;
    this.#isAppend = isAppend;
    this.#server = createServer({ noDelay: true }, (client) => {
      this.#join(client);
    });
  }

  static async open(targetPort: number, isAppend: IsAppend): Promise<Proxy> {
    const proxy = new Proxy(targetPort, isAppend);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /**
   * reset: ends all connections. after-append: lets the next append through, swallows its answer and ends that
   * connection. delay: holds up everything by 200 ms for a while. half-open: on the connections of now everything
   * vanishes without a word, and they end after a while.
   */
  disturb(how: Cut, forMs: number): void {
    if (how === 'reset') for (const pair of this.#pairs) pair.end();
    if (how === 'after-append') this.#armed += 1;
    if (how === 'delay') this.#delayUntil = Date.now() + forMs;
    if (how === 'half-open') for (const pair of this.#pairs) pair.goDeaf(forMs);
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) pair.end();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    const server = connect({ port: this.#targetPort, host: '127.0.0.1', noDelay: true });
    const pair: Pair = new Pair(client, server, {
      delay: () => (Date.now() < this.#delayUntil ? DELAY_MS : 0),
      swallowAnswer: (bytes) => this.#armed > 0 && this.#isAppend(bytes) && (this.#armed -= 1) >= 0,
      ended: () => this.#pairs.delete(pair),
    });
    this.#pairs.add(pair);
  }
}

interface Rules {
  delay: () => number;
  /** Asked for what the client sends. */
  swallowAnswer: (bytes: Buffer) => boolean;
  ended: () => void;
}

/** One connection through the proxy. */
class Pair {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #rules: Rules;
  #deaf = false;
  #swallowing = false;

  constructor(client: Socket, server: Socket, rules: Rules) {
    this.#client = client;
    this.#server = server;
    this.#rules = rules;
    const [toServer, toClient] = [new Lane(server, rules.delay), new Lane(client, rules.delay)];
    client.on('data', (bytes: Buffer) => {
      if (rules.swallowAnswer(bytes)) this.#swallowing = true;
      if (!this.#deaf) toServer.push(bytes);
    });
    server.on('data', (bytes: Buffer) => {
      if (this.#swallowing) this.end();
      else if (!this.#deaf) toClient.push(bytes);
    });
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!this.#deaf) this.end();
      });
    }
  }

  goDeaf(forMs: number): void {
    this.#deaf = true;
    setTimeout(() => {
      this.end();
    }, forMs);
  }

  end(): void {
    this.#client.destroy();
    this.#server.destroy();
    this.#rules.ended();
  }
}

/** One direction: what is held up stays in order. */
class Lane {
  readonly #to: Socket;
  readonly #delay: () => number;
  readonly #waiting: { due: number; bytes: Buffer }[] = [];

  constructor(to: Socket, delay: () => number) {
    this.#to = to;
    this.#delay = delay;
  }

  push(bytes: Buffer): void {
    const delay = this.#delay();
    if (delay === 0 && this.#waiting.length === 0) {
      this.#to.write(bytes);
      return;
    }
    this.#waiting.push({ due: Date.now() + delay, bytes });
    if (this.#waiting.length === 1) this.#pump();
  }

  #pump(): void {
    for (let head = this.#waiting[0]; head; head = this.#waiting[0]) {
      if (head.due > Date.now()) {
        setTimeout(() => {
          this.#pump();
        }, head.due - Date.now());
        return;
      }
      this.#to.write(head.bytes);
      this.#waiting.shift();
    }
  }
}
