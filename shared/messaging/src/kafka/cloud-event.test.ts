import { factHeaders } from '@throughline/events';
import { cause, updated } from '../contract/test-services.ts';
import type { Message } from '../transport.ts';
import { headersOf, messageOf } from './cloud-event.ts';

const message: Message = {
  ...updated('0190c0de-0000-7000-8000-000000000001', 3),
  sequence: 3,
  source: 'clients',
  cause: {
    ...cause,
    actor: { kind: 'PARTNER', id: 'partner-1', agencyId: 'agency-1' },
    causationId: 'fact-0',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
};

describe('the CloudEvents binding', () => {
  it('carries the required attributes in headers', () => {
    expect(headersOf(message)).toMatchObject({
      ce_specversion: '1.0',
      ce_id: message.id,
      ce_type: 'org.throughline.clients.ClientUpdated.v1',
      ce_source: '/throughline/clients',
      ce_subject: message.key,
      'content-type': 'application/json',
    });
  });

  it('writes the headers that are published, and no others', () => {
    const { actor, correlationId } = cause;
    const published = factHeaders.strict();
    expect(published.safeParse(headersOf(message)).error).toBeUndefined();
    expect(
      published.safeParse(headersOf({ ...message, cause: { actor, correlationId } })).error,
    ).toBeUndefined();
  });

  it('gives back what went in', () => {
    expect(messageOf('clients.v1', headersOf(message), Buffer.from(JSON.stringify(message.data)))).toEqual(
      message,
    );
  });

  it('passes over what is not one of our facts', () => {
    expect(messageOf('clients.v1', {}, Buffer.from('hello'))).toBeUndefined();
    expect(
      messageOf('clients.v1', { ...headersOf(message), ce_type: 'com.example.other' }, Buffer.from('{}')),
    ).toBeUndefined();
    expect(messageOf('clients.v1', headersOf(message), null)).toBeUndefined();
  });

  it.each<[string, Record<string, string>, string]>([
    ['an id that is none', { ce_id: 'x' }, '{}'],
    ['a number that is none', { ce_sequence: 'x' }, '{}'],
    ['a number that the database cannot take', { ce_sequence: '2147483648' }, '{}'],
    ['a negative number', { ce_sequence: '-1' }, '{}'],
    ['data that is no JSON', {}, '{"a":'],
  ])('passes over %s', (_what, headers, value) => {
    expect(
      messageOf('clients.v1', { ...headersOf(message), ...headers }, Buffer.from(value)),
    ).toBeUndefined();
  });
});
