import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';

/** How a program proves to Kafka who it is, and that it speaks with Kafka. */
export const kafkaSecurityConfig = {
  /** `on`: TLS to the brokers. */
  KAFKA_SSL: z.enum(['on', 'off']).default('off'),
  /** Certificate of the authority that signed those of the brokers, PEM; without it those that Node knows. */
  KAFKA_SSL_CA: z
    .string()
    .startsWith('-----BEGIN CERTIFICATE-----', 'must be a certificate in PEM')
    .optional(),
  /** How the account signs in; without it there is none. */
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().min(1).optional(),
  KAFKA_SASL_PASSWORD: z.string().min(1).optional(),
};

export type KafkaSecurityConfig = z.output<z.ZodObject<typeof kafkaSecurityConfig>>;

export interface KafkaSecurity {
  /** Left out: no TLS. */
  ssl?: true | { ca: string[] };
  /** Left out: no account. */
  sasl?: Account<'plain'> | Account<'scram-sha-256'> | Account<'scram-sha-512'>;
}

interface Account<Mechanism> {
  mechanism: Mechanism;
  username: string;
  password: string;
}

/**
 * What the settings say together. CannotStart, one sentence, when they contradict each other, or when the password would
 * travel where others can read it.
 */
export function kafkaSecurityOf(config: KafkaSecurityConfig): KafkaSecurity {
  const { KAFKA_SSL, KAFKA_SSL_CA: ca, KAFKA_SASL_MECHANISM: mechanism } = config;
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  const isOn = KAFKA_SSL === 'on';
  if (ca !== undefined && !isOn)
    throw new CannotStart('KAFKA_SSL_CA is set and KAFKA_SSL is off: set KAFKA_SSL=on, or remove it.');
  const ssl = isOn ? { ssl: ca === undefined ? (true as const) : { ca: [ca] } } : {};
  if (mechanism === undefined && username === undefined && password === undefined) return ssl;
  if (mechanism === undefined || username === undefined || password === undefined)
    throw new CannotStart(
      'An account at Kafka needs all of KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.',
    );
  if (mechanism === 'plain' && !isOn)
    throw new CannotStart('KAFKA_SASL_MECHANISM=plain sends the password as it is: set KAFKA_SSL=on.');
  return { ...ssl, sasl: { mechanism, username, password } };
}
