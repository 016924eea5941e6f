import {
  CannotStart,
  httpPort,
  listenHost,
  serverPort,
  webAddress,
  type Environment,
} from '@throughline/runtime';
import { isPortFree } from '@throughline/runtime/local-machine';
import { z } from 'zod';

/** Where everything listens on this machine; each can be set by environment. */
export const localConfig = z.object({
  STAFF_PORT: httpPort.default(4000),
  PARTNER_PORT: httpPort.default(4100),
  SIGN_IN_PORT: httpPort.default(4200),
  CLIENTS_PORT: httpPort.default(4001),
  TREATMENT_PORT: httpPort.default(4002),
  REFERRALS_PORT: httpPort.default(4003),
  NOTIFICATIONS_PORT: httpPort.default(4004),
  /** Page and SMTP server of the mailbox, where e-mails land that would leave this machine. */
  MAILBOX_PORT: httpPort.default(4300),
  MAILBOX_SMTP_PORT: serverPort.default(4025),
  METRICS_PORT: httpPort.optional(),
  POSTGRES_PORT: serverPort.default(54329),
  KAFKA_PORT: serverPort.default(54392),
  /** PostgreSQL and Kafka listen on 127.0.0.1 in any case. */
  LISTEN_HOST: listenHost,
  /** Where PostgreSQL, Kafka and the sign-in keep their data between starts. */
  DATA_DIR: z.string().min(1).default('.data'),
  KAFKA_TOPIC_PREFIX: z.string().default(''),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  /** Collector for traces, OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
});

export type LocalConfig = z.output<typeof localConfig>;

/** Servers that run already need no port here. */
const givenBy: Readonly<Record<string, string>> = {
  POSTGRES_PORT: 'POSTGRES_URL',
  KAFKA_PORT: 'KAFKA_BROKERS',
  MAILBOX_PORT: 'SMTP_URL',
  MAILBOX_SMTP_PORT: 'SMTP_URL',
};

/** Finds taken ports before anything is started; the message names all of them and says what to do. */
export async function refuseTakenPorts(config: LocalConfig, env: Environment): Promise<void> {
  const ports = Object.entries(config).filter(
    (entry): entry is [string, number] => entry[0].endsWith('_PORT') && !env[givenBy[entry[0]] ?? ''],
  );
  const taken: string[] = [];
  for (const [setting, port] of ports) {
    const host = setting in givenBy ? '127.0.0.1' : config.LISTEN_HOST;
    if (!(await isPortFree(port, host))) taken.push(`Port ${port} is taken: set ${setting} to a free one.`);
  }
  if (taken.length === 0) return;
  throw new CannotStart(
    `${taken.join('\n')}\nPerhaps another npm start is running: stop it, or set other ports and another DATA_DIR.`,
  );
}
