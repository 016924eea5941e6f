import { isPortFree } from '@throughline/runtime/local-machine';
import { z } from 'zod';

const port = (usual: number) => z.coerce.number().int().min(1).max(65535).default(usual);

/** Where everything listens on this machine; each can be set by environment. */
export const localConfig = z.object({
  STAFF_PORT: port(4000),
  PARTNER_PORT: port(4100),
  SIGN_IN_PORT: port(4200),
  CLIENTS_PORT: port(4001),
  TREATMENT_PORT: port(4002),
  REFERRALS_PORT: port(4003),
  NOTIFICATIONS_PORT: port(4004),
  POSTGRES_PORT: port(54329),
  KAFKA_PORT: port(54392),
  /** Where PostgreSQL, Kafka and the sign-in keep their data between starts. */
  DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  /** Collector for traces, OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
});

export type LocalConfig = z.output<typeof localConfig>;

/** Finds a taken port before anything is started; the message says which and what to do. */
export async function refuseTakenPorts(config: LocalConfig): Promise<void> {
  const ports = Object.entries(config).filter((entry): entry is [string, number] =>
    entry[0].endsWith('_PORT'),
  );
  const { POSTGRES_URL, KAFKA_BROKERS } = process.env;
  const givenElsewhere: Record<string, string | undefined> = {
    POSTGRES_PORT: POSTGRES_URL,
    KAFKA_PORT: KAFKA_BROKERS,
  };
  for (const [setting, number] of ports) {
    if (givenElsewhere[setting] || (await isPortFree(number))) continue;
    throw new Error(
      `Port ${number} is taken, perhaps by another npm start: stop what uses it, or set ${setting} to a free one.`,
    );
  }
}
