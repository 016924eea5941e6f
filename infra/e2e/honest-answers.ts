import type { ServiceName } from '@throughline/local/infrastructure';
import type { GraphQLAnswer } from '@throughline/testing';
import { explains, fieldAt, isWithheld, lackOf } from './missing.ts';

/** Twice what all callers at once need on a machine with other work. */
const timeoutMs = 8_000;
/** Of the gateway while services are away; what people may ask in a minute is not what is looked at. */
export const settings = {
  SUBGRAPH_TIMEOUT_MS: timeoutMs,
  SUBGRAPH_BREAKER_OPEN_MS: 500,
  COST_PER_MINUTE_STAFF: 100_000_000,
  COST_PER_MINUTE_PARTNER: 100_000_000,
};
const insides = /localhost|127\.0\.0\.1|10\.0\.0\.7|::1|ECONN|https?:|:\d{4}|undici|html|at .+\.ts/i;

export type Answer = GraphQLAnswer<Record<string, unknown>>;

/** Who is away, and what may be said of it; no codes: nothing, for it is there. */
export interface Away {
  name: ServiceName;
  codes: readonly string[];
}

/** It came, though the gateway waits for nobody without an end, and each error says who is away, how, and in which request, and nothing of our insides. */
export function expectHonestErrors(answer: Answer, { name, codes }: Away): void {
  expect(answer.status).toBe(200);
  expect(JSON.stringify(answer.errors)).not.toMatch(insides);
  for (const { path, extensions } of answer.errors) {
    expect(extensions).toEqual({
      code: expect.any(String) as string,
      serviceName: name,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
    expect(codes).toContain(extensions?.code);
    expect(path).toEqual(expect.any(Array));
  }
}

/** What is left of an answer while a service is away; throws when anything about it is not honest. */
export function verdictOn(answer: Answer, whole: Answer['data'], away: Away): string {
  expectHonestErrors(answer, away);
  const { missing, changed } = lackOf(whole, answer.data);
  expect(changed).toEqual([]);
  const unexplained = missing.filter(
    (place) => !answer.errors.some((error) => explains(error, place)) && !isWithheld(answer.data, place),
  );
  expect(unexplained).toEqual([]);
  const roots = Object.keys(whole ?? {});
  const isLost = (root: string): boolean => missing.some((place) => place.length === 1 && place[0] === root);
  if (missing.some((place) => place.length === 0) || roots.every(isLost)) return 'no';
  // The name of the only root is the row of the table.
  return without(missing.map(fieldAt).map((field) => (roots.length > 1 ? field : withoutRoot(field))));
}

function withoutRoot(field: string): string {
  return field.split('.').slice(1).join('.');
}

function without(fields: readonly string[]): string {
  const lost = [...new Set(fields)].sort();
  return lost.length === 0 ? 'yes' : `without ${lost.map((field) => `\`${field}\``).join(', ')}`;
}
