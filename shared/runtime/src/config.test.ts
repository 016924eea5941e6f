import { z } from 'zod';
import { databaseUrl, InvalidConfig, readConfig } from './config.ts';
import { httpPort, webAddress } from './port.ts';
import { inProduction, mustBeHttpsElsewhere } from './production.ts';

const schema = z.object({
  PORT: httpPort.default(4001),
  METRICS_PORT: httpPort.optional(),
  SECRET: z.string().min(4),
});

describe('readConfig', () => {
  it('coerces and defaults', () => {
    expect(readConfig(schema, { SECRET: 'long enough', PORT: '' })).toEqual({
      PORT: 4001,
      SECRET: 'long enough',
    });
  });

  it('names every fault at once', () => {
    expect(() => readConfig(schema, { PORT: 'many' })).toThrow(InvalidConfig);
    expect(() => readConfig(schema, { PORT: 'many' })).toThrow(/PORT[\s\S]*SECRET/);
  });

  it('names two settings with the same port, a default included, together with other faults', () => {
    expect(() => readConfig(schema, { METRICS_PORT: '4001' })).toThrow(
      /SECRET[\s\S]*METRICS_PORT: PORT is port 4001 too/,
    );
  });

  it('takes port 0 twice, which is any free port', () => {
    expect(readConfig(schema, { SECRET: 'long enough', PORT: '0', METRICS_PORT: '0' })).toMatchObject({
      PORT: 0,
      METRICS_PORT: 0,
    });
  });
});

describe('readConfig with NODE_ENV=production', () => {
  const guarded = z.object({
    ISSUER: inProduction(webAddress.default('http://localhost:4200'), mustBeHttpsElsewhere),
    DATABASE_URL: databaseUrl,
  });
  const own = { ISSUER: 'https://id.example.org', DATABASE_URL: 'postgres://clients_app:x7Kq@db/clients' };

  it('takes an https issuer and a password of its own', () => {
    expect(readConfig(guarded, { ...own, NODE_ENV: 'production' })).toEqual(own);
  });

  it.each([
    ['http://localhost:4200', 'ISSUER'],
    ['', 'ISSUER'],
    ['https://localhost:4200', 'ISSUER'],
    ['https://127.0.0.1', 'ISSUER'],
    ['http://id.example.org', 'ISSUER'],
  ])('refuses the issuer %p in a sentence, which development takes', (ISSUER, setting) => {
    const env = { ...own, ISSUER };
    expect(readConfig(guarded, env)).toBeDefined();
    expect(() => readConfig(guarded, { ...env, NODE_ENV: 'production' })).toThrow(
      new RegExp(
        `1 fault.*\\n {2}${setting}: http.* is for development: .*an https address of another machine$`,
      ),
    );
  });

  it.each(['change-me-app', 'local-app', 'password', ''])('refuses the published password %p', (password) => {
    const env = { ...own, DATABASE_URL: `postgres://clients_app:${password}@db/clients` };
    expect(readConfig(guarded, env)).toBeDefined();
    expect(() => readConfig(guarded, { ...env, NODE_ENV: 'production' })).toThrow(
      /1 fault.*\n {2}DATABASE_URL: has no/,
    );
  });
});
