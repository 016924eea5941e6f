import fc from 'fast-check';
import { follow, isIntact, type Disclosed, type DisclosureRecord } from './disclosure.ts';

const disclosed = fc.record<Disclosed>({
  id: fc.uuid(),
  clientId: fc.constant('client'),
  agencyId: fc.uuid(),
  referralId: fc.option(fc.uuid()),
  disclosedAt: fc.date({ noInvalidDate: true }),
  labels: fc.array(fc.string()),
  fields: fc.array(fc.string()),
  purpose: fc.string(),
  basis: fc.string(),
  consentIds: fc.array(fc.uuid()),
  noticeVersion: fc.option(fc.string()),
  channel: fc.string(),
  actorKind: fc.string(),
  actorId: fc.string(),
  recordedAt: fc.date({ noInvalidDate: true }),
});

const ledger = fc.array(disclosed, { minLength: 2, maxLength: 8 }).map((lines) => {
  const records: DisclosureRecord[] = [];
  for (const line of lines) records.push(follow(records.at(-1) ?? null, line));
  return records;
});

describe('the ledger of disclosures', () => {
  it('is intact as it was written', () => {
    fc.assert(fc.property(ledger, (records) => isIntact(records)));
  });

  it('is not when a line was taken out, put elsewhere or changed', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), (records, seed) => {
        const at = seed % (records.length - 1);
        expect(isIntact(records.toSpliced(at, 1))).toBe(false);
        expect(isIntact(records.toReversed())).toBe(false);
        const line = records[at]!;
        expect(isIntact(records.with(at, { ...line, purpose: `${line.purpose}!` }))).toBe(false);
        expect(isIntact(records.with(at, { ...line, fields: [...line.fields, 'x'] }))).toBe(false);
      }),
    );
  });
});
