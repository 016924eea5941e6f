import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFromJars, type Kafka } from '@throughline/kafka';
import { startEmbedded, type EmbeddedPostgres } from '@throughline/postgres';
import { freePort } from '@throughline/runtime/local-machine';
import { again } from '../again.ts';
import { isCommit, isProduce, Proxy } from './proxy.ts';
import type { Link } from './schedule.ts';

type Log = (line: string) => void;

interface Start {
  postgres: () => Promise<EmbeddedPostgres>;
  kafka: () => Promise<Kafka>;
}

/**
 * PostgreSQL (with fsync) and Kafka of this run alone, each behind a proxy. Not in containers: a container that is
 * killed keeps no data, and the proxy has to stand where the broker says that it is.
 */
export class Ground {
  readonly links: Record<Link, Proxy>;
  readonly #start: Start;
  readonly #home: string;
  #postgres: EmbeddedPostgres;
  #kafka: Kafka;

  private constructor(
    home: string,
    links: Record<Link, Proxy>,
    start: Start,
    running: [EmbeddedPostgres, Kafka],
  ) {
    this.#home = home;
    this.links = links;
    this.#start = start;
    [this.#postgres, this.#kafka] = running;
  }

  static async open(log: Log): Promise<Ground> {
    const home = await mkdtemp(join(tmpdir(), 'throughline-chaos-'));
    // PostgreSQL may run as another user and has to get there.
    await chmod(home, 0o755);
    const [postgresPort, kafkaPort] = [await freePort(), await freePort()];
    const links = {
      postgres: await Proxy.open(postgresPort, isCommit),
      kafka: await Proxy.open(kafkaPort, isProduce),
    };
    const start = {
      postgres: () => startEmbedded({ port: postgresPort, dataDir: join(home, 'postgres'), log }),
      kafka: () =>
        startFromJars({
          port: kafkaPort,
          advertisedPort: links.kafka.port,
          dataDir: join(home, 'kafka'),
          log,
        }),
    };
    const postgres = await start.postgres();
    try {
      return new Ground(home, links, start, [postgres, await start.kafka()]);
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  }

  /** Of a superuser, past the proxy: for those who prepare and judge. */
  get directUrl(): string {
    return this.#postgres.url;
  }

  /** The same address through the proxy. */
  proxied(url: string): string {
    const address = new URL(url);
    address.port = String(this.links.postgres.port);
    return address.href;
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.links.kafka.port}`];
  }

  /** Immediate shutdown; resolves when it serves again. */
  async crashPostgres(): Promise<void> {
    await this.#postgres.crash();
    this.#postgres = await again(this.#start.postgres);
  }

  /** kill -9; resolves when it serves again. */
  async killKafka(): Promise<void> {
    await this.#kafka.kill();
    this.#kafka = await again(this.#start.kafka);
  }

  async close(): Promise<void> {
    await Promise.all([this.#kafka.kill(), this.#postgres.stop()]);
    await Promise.all([this.links.kafka.close(), this.links.postgres.close()]);
    await rm(this.#home, { recursive: true, force: true });
  }
}
