import { z } from 'zod';
import { readConfig } from './config.ts';
import { kafkaSecurityConfig, kafkaSecurityOf } from './kafka-security.ts';

const schema = z.object(kafkaSecurityConfig);
const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const account = { KAFKA_SASL_USERNAME: 'clients', KAFKA_SASL_PASSWORD: 'p,=w$' };
const signedIn = { username: 'clients', password: 'p,=w$' };

const read = (env: Record<string, string>) => kafkaSecurityOf(readConfig(schema, env));

describe('how a program signs in at Kafka', () => {
  it.each([
    ['nothing is set', {}, {}],
    ['an empty setting counts as not set', { KAFKA_SSL: '', KAFKA_SASL_MECHANISM: '' }, {}],
    ['TLS by an authority that everybody knows', { KAFKA_SSL: 'on' }, { ssl: true }],
    ['TLS by an authority of its own', { KAFKA_SSL: 'on', KAFKA_SSL_CA: ca }, { ssl: { ca: [ca] } }],
    [
      'an account over TLS',
      { KAFKA_SSL: 'on', KAFKA_SASL_MECHANISM: 'plain', ...account },
      { ssl: true, sasl: { mechanism: 'plain', ...signedIn } },
    ],
    [
      'an account whose password is never sent',
      { KAFKA_SASL_MECHANISM: 'scram-sha-512', ...account },
      { sasl: { mechanism: 'scram-sha-512', ...signedIn } },
    ],
  ])('%s', (_name, env, security) => {
    expect(read(env)).toEqual(security);
  });

  it.each([
    [{ KAFKA_SSL_CA: ca }, 'KAFKA_SSL is off'],
    [{ KAFKA_SSL: 'on', KAFKA_SSL_CA: '/etc/ca.pem' }, 'KAFKA_SSL_CA: must be a certificate in PEM'],
    [{ KAFKA_SASL_MECHANISM: 'plain', ...account }, 'set KAFKA_SSL=on'],
    [{ KAFKA_SSL: 'on', ...account }, 'needs all of'],
    [{ KAFKA_SASL_MECHANISM: 'scram-sha-256', KAFKA_SASL_USERNAME: 'clients' }, 'needs all of'],
  ])('refuses %j in a sentence', (env, sentence) => {
    expect(() => read(env)).toThrow(sentence);
  });
});
