import fc from 'fast-check';
import type { JsonSchema } from './json-schema.ts';

/** Any data that a fact of this schema may carry; for tests. */
export function dataFor(schema: JsonSchema): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.properties ?? {});
  return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, valueFor(field)])));
}

function valueFor(field: JsonSchema): fc.Arbitrary<unknown> {
  if (field.anyOf) return fc.oneof(...field.anyOf.map(valueFor));
  switch (field.format ?? field.type) {
    case 'uuid':
      return fc.uuid({ version: [4, 7] });
    case 'date':
      // eslint-disable-next-line no-restricted-syntax -- not a day for people, any day will do
      return moments.map((moment) => moment.toISOString().slice(0, 10));
    case 'date-time':
      return moments.map((moment) => moment.toISOString());
    case 'array':
      return fc.array(valueFor(field.items ?? {}), { maxLength: 3 });
    case 'integer':
      return fc.maxSafeInteger();
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.stringMatching(new RegExp(field.pattern ?? '^$'));
  }
}

const moments = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2099-12-31T23:59:59Z'),
  noInvalidDate: true,
});
