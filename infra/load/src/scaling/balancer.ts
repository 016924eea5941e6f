import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const PROBE_EVERY_MS = 1_000;

/**
 * One address for the copies of a program, as a Service of Kubernetes is: new connections go to one copy after the other,
 * open ones stay where they are. A copy that is asked to leave is forgotten before; one that was killed is found by a probe.
 */
export class Balancer {
  readonly #server = createServer({ noDelay: true }, (caller) => this.#join(caller));
  readonly #timer = setInterval(() => void this.#probe(), PROBE_EVERY_MS);
  #ports: number[] = [];
  #turn = 0;

  static async open(): Promise<Balancer> {
    const balancer = new Balancer();
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  add(port: number): void {
    this.#ports.push(port);
  }

  forget(port: number): void {
    this.#ports = this.#ports.filter((one) => one !== port);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#server.close();
  }

  #join(caller: Socket): void {
    const port = this.#ports[this.#turn++ % this.#ports.length];
    if (port === undefined) return void caller.destroy();
    const copy = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [one, other] of [
      [caller, copy],
      [copy, caller],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroySoon());
      one.pipe(other);
    }
  }

  async #probe(): Promise<void> {
    for (const port of this.#ports) if (!(await listens(port))) this.forget(port);
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
