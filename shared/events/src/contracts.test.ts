import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { z } from 'zod';
import { cloudEventType, defineEvent, type EventDefinition } from './define-event.ts';
import {
  contractsFolder,
  drift,
  generateContracts,
  refusals,
  samplePath,
  writeContracts,
} from './generate-contracts.ts';
import { code, id } from './fields.ts';
import { allEvents, partnerReferralMessage } from './index.ts';
import { partnerReferralExample } from './generate/asyncapi.ts';
import { dataFor } from './generate/arbitrary-data.ts';
import { publishedSchema, type JsonSchema } from './generate/json-schema.ts';

const readJson = (path: string) => JSON.parse(readFileSync(join(contractsFolder, path), 'utf8')) as unknown;
const each = allEvents.map((event): [string, EventDefinition] => [cloudEventType(event), event]);
const samples = globSync('samples/*.json', { cwd: contractsFolder });

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);

/** Errors and warnings; what is only information or a hint counts higher. */
const faultsOf = async (document: string) => {
  const { diagnostics } = await new Parser().parse(document);
  return diagnostics
    .filter(({ severity }) => [0, 1].includes(severity))
    .map(({ message, path }) => [path.join('.'), message]);
};

describe('the published documents', () => {
  it('are what the definitions say', () => {
    expect(drift(allEvents, contractsFolder)).toEqual([]);
    expect(refusals(allEvents, contractsFolder)).toEqual([]);
  });

  it('hold a valid AsyncAPI document', async () => {
    expect(await faultsOf(generateContracts(allEvents).get('asyncapi.yaml')!)).toEqual([]);
  });

  it.each([
    ['a missing channel', '$ref: "#/channels/clients"', '$ref: "#/channels/nowhere"'],
    ['an unknown action', 'action: send', 'action: shout'],
    ['an unknown type', 'type: object', 'type: thing'],
  ])('would be found faulty with %s', async (_what, text, instead) => {
    const document = generateContracts(allEvents).get('asyncapi.yaml')!;
    expect(document).toContain(text);
    expect(await faultsOf(document.replace(text, instead))).not.toEqual([]);
  });
});

describe('a sample of what was once sent', () => {
  it('is there for each fact', () => {
    expect(samples.length).toBeGreaterThanOrEqual(allEvents.length);
  });

  it.each(samples)('%s is read by consumers of today, and holds no field that was taken away', (path) => {
    const event = allEvents.find((one) => basename(path) === basename(samplePath(one)));
    const data = readJson(path);
    expect(event?.open.safeParse(data).error).toBeUndefined();
    expect(event?.closed.safeParse(data).error).toBeUndefined();
  });
});

describe.each(each)('what is recorded today as %s', (_name, event) => {
  it('fits the stored JSON Schema', () => {
    const path = `${event.topic}/${event.type}.v${String(event.version)}.schema.json`;
    const fits = ajv.compile(readJson(path) as JsonSchema);
    fc.assert(
      fc.property(dataFor(publishedSchema(event)), (data) => {
        const fact = event.of('key', new Date(), data);
        expect([fits(JSON.parse(JSON.stringify(fact.data))), fits.errors]).toEqual([true, null]);
        expect(fits({ ...data, addedLater: 'x' })).toBe(true);
      }),
      { numRuns: 20 },
    );
    expect(fits({})).toBe(false);
  });
});

describe('a change of a fact', () => {
  const shape = { thingId: id, to: code };
  const moved = (changed: z.ZodRawShape) =>
    defineEvent(
      'clients.v1',
      'Moved',
      'Key: thingId. It moved.',
      z.object(changed),
    ) as unknown as EventDefinition;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    writeContracts([moved(shape)], folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('may add an optional field', () => {
    expect(refusals([moved({ ...shape, from: code.optional() })], folder)).toEqual([]);
  });

  it.each([
    ['a new required field', { ...shape, from: code }],
    ['a field taken away', { thingId: id }],
    ['a field of another type', { ...shape, to: z.int() }],
    ['a field that may now be null', { ...shape, to: code.nullable() }],
    ['a field that may now be missing', { ...shape, to: code.optional() }],
  ])('is refused for %s', (_what, changed) => {
    expect(refusals([moved(changed)], folder).join()).toMatch(/Moved: .*declare a new version/);
  });

  it('is refused for a field that could carry personal data', () => {
    expect(refusals([moved({ ...shape, nickname: code.optional() })], folder)).toEqual([
      'Moved.nickname could carry personal data',
    ]);
  });

  it('leaves a written sample as it is', () => {
    const path = join(folder, samplePath(moved(shape)));
    writeFileSync(path, '{}');
    writeContracts([moved(shape)], folder);
    expect(readFileSync(path, 'utf8')).toBe('{}');
  });

  it('shows as drift until the documents are written, and when a fact is no longer declared', () => {
    expect(drift([moved(shape)], folder)).toEqual([]);
    expect(drift([moved({ ...shape, from: code.optional() })], folder)).toContain('asyncapi.yaml');
    cpSync(join(folder, 'clients.v1/Moved.v1.schema.json'), join(folder, 'clients.v1/Gone.v1.schema.json'));
    expect(drift([moved(shape)], folder)).toEqual(['clients.v1/Gone.v1.schema.json']);
  });
});

describe('the message to a partner', () => {
  const message = partnerReferralExample;

  it('is id-only, and so is the example in the document', () => {
    expect(partnerReferralMessage.parse(message)).toEqual(message);
  });

  it('leaves id and status when nothing more may be read', () => {
    const { referralId } = message.data;
    const tombstone = { ...message, data: { referralId, status: 'CANCELLED' } };
    expect(partnerReferralMessage.parse(tombstone)).toEqual(tombstone);
  });

  it.each(['clientId', 'serviceId', 'needId', 'agencyId'])('is refused with %s', (field) => {
    const data = { ...message.data, [field]: message.id };
    expect(partnerReferralMessage.safeParse({ ...message, data }).success).toBe(false);
    expect(partnerReferralMessage.safeParse({ ...message, [field]: message.id }).success).toBe(false);
  });
});
