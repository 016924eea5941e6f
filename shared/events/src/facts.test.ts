import fc from 'fast-check';
import { z } from 'zod';
import { cloudEventType, defineEvent, type EventDefinition } from './define-event.ts';
import { code, id } from './fields.ts';
import { allEvents } from './index.ts';
import { dataFor } from './generate/arbitrary-data.ts';
import { publishedSchema, schemaOf } from './generate/json-schema.ts';
import { suspectFields } from './generate/personal-data.ts';

const each = allEvents.map((event): [string, EventDefinition] => [cloudEventType(event), event]);
const FEW = { numRuns: 20 };
const fieldsOf = (event: EventDefinition) => Object.entries(publishedSchema(event).properties ?? {});

describe.each(each)('%s', (_name, event) => {
  it('has no field through which personal data could leave', () => {
    expect(suspectFields(publishedSchema(event))).toEqual([]);
    expect(suspectFields(schemaOf(event.closed))).toEqual([]);
  });

  it('names a field of its own as key', () => {
    const keys = /^Key: (\w+)(?:, else (\w+))?\. \S/.exec(event.description)?.slice(1).filter(Boolean);
    expect(keys).toBeDefined();
    expect(Object.keys(event.open.shape)).toEqual(expect.arrayContaining(keys!));
  });

  it('is refused with a field that is not declared', () => {
    fc.assert(
      fc.property(dataFor(publishedSchema(event)), fc.string({ minLength: 1 }), (data, extra) => {
        fc.pre(!(extra in event.closed.shape) && extra !== '__proto__');
        expect(event.closed.safeParse(data).success).toBe(true);
        expect(event.closed.safeParse({ ...data, [extra]: 'x' }).success).toBe(false);
        expect(event.open.parse({ ...data, [extra]: 'x' })).toEqual(data);
      }),
      FEW,
    );
  });

  it('is refused with words where an id or a code belongs', () => {
    const words = fc.tuple(fc.string(), fc.string()).map((pair) => pair.join(' '));
    fc.assert(
      fc.property(dataFor(publishedSchema(event)), words, (data, text) => {
        for (const [name, field] of fieldsOf(event)) {
          const value = field.type === 'array' ? [text] : text;
          expect(event.closed.safeParse({ ...data, [name]: value }).success).toBe(false);
        }
      }),
      FEW,
    );
  });
});

describe('the guard against personal data', () => {
  const suspectsIn = (shape: z.ZodRawShape) =>
    suspectFields(
      publishedSchema(defineEvent('clients.v1', 'Leaked', 'Key: id. It leaked.', z.object(shape))),
    );

  it.each([
    'legalName',
    'birthDate',
    'phone',
    'email',
    'homeAddress',
    'note',
    'freeText',
    'ssn',
    'dob',
    'totalScore',
  ])('finds a field named %s whatever it holds', (name) => {
    expect(suspectsIn({ id, [name]: code })).toEqual([name]);
  });

  it.each([
    ['free text', z.string()],
    ['text of limited length', z.string().max(20)],
    ['a pattern with room for words', z.string().regex(/^[a-z ]+$/)],
    ['an address of mail', z.email()],
    ['a fraction', z.number()],
    ['text that may be missing', z.string().nullable()],
    ['a list of texts', z.array(z.string())],
    ['an object', z.object({ id })],
    ['anything', z.unknown()],
  ])('finds %s', (_what, type) => {
    expect(suspectsIn({ id, detail: type })).toEqual(['detail']);
  });
});

it('no two facts share a type and version', () => {
  expect(new Set(each.map(([name]) => name)).size).toBe(allEvents.length);
});
