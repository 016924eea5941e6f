import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * well: everything goes through. dead: nothing listens, and what was open is cut. half-open: connections are taken and
 * nothing ever comes back. corrupt: by turns no JSON, half an answer, and a page of something that stands between.
 */
export type Condition = 'well' | 'dead' | 'half-open' | 'corrupt';

const page = '<html><body>502 Bad Gateway at http://10.0.0.7:4001</body></html>';
const otherAnswer = `HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`;

/** Stands on 127.0.0.1 in front of one service, and can do to it what networks and processes do. */
export class Proxy {
  readonly #targetPort: number;
  readonly #open = new Set<Socket>();
  readonly #server = createServer({ noDelay: true }, (caller) => this.#join(caller));
  #port = 0;
  #condition: Condition = 'well';
  #turn = 0;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  static async before(url: string): Promise<Proxy> {
    const proxy = new Proxy(Number(new URL(url).port));
    await proxy.#listen();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  async become(condition: Condition): Promise<void> {
    const was = this.#condition;
    this.#condition = condition;
    // Half-open leaves open connections open; nothing else may go on with what another condition has begun.
    if (condition !== 'half-open') for (const socket of this.#open) socket.destroy();
    if (condition === 'dead' && was !== 'dead') await this.#stop();
    if (condition !== 'dead' && was === 'dead') await this.#listen();
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    if (this.#server.listening) await this.#stop();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async #stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #join(caller: Socket): void {
    const service = connect({ port: this.#targetPort, host: '127.0.0.1', noDelay: true });
    const end = (): void => {
      caller.destroy();
      service.destroy();
    };
    for (const socket of [caller, service]) {
      this.#open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#open.delete(socket);
        end();
      });
    }
    caller.on('data', (bytes) => {
      if (this.#condition !== 'half-open') service.write(bytes);
    });
    service.on('data', (bytes) => {
      if (this.#condition === 'well') caller.write(bytes);
      if (this.#condition === 'corrupt') this.#corrupt(caller, bytes);
    });
  }

  #corrupt(caller: Socket, bytes: Buffer): void {
    this.#turn += 1;
    const text = bytes.toString('latin1');
    const body = text.indexOf('\r\n\r\n') + 4;
    if (this.#turn % 3 === 0)
      caller.write(text.slice(0, body) + text.slice(body).replaceAll('"', "'"), 'latin1');
    else if (this.#turn % 3 === 1)
      caller.end(text.slice(0, body + Math.ceil((text.length - body) / 2)), 'latin1');
    else caller.end(otherAnswer);
  }
}
