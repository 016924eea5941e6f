import { createRequire } from 'node:module';
import fc from 'fast-check';
import { patchRecordEncoder, recordModule, type KafkaRecord } from './record-encoder.ts';

const stock = recordModule().exports;
const ours = { exports: stock };
patchRecordEncoder(ours);

const text = fc.oneof(fc.string({ maxLength: 100 }), fc.string({ unit: 'binary', maxLength: 100 }));
const records: fc.Arbitrary<KafkaRecord> = fc.record({
  offsetDelta: fc.nat(500),
  key: text,
  value: fc.oneof(text, fc.string({ minLength: 5_000, maxLength: 70_000 })),
  headers: fc.dictionary(text, text),
});

describe('the encoder of records', () => {
  it('writes what kafkajs writes', () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(ours.exports(record).buffer.equals(stock(record).buffer)).toBe(true);
      }),
    );
  });

  it.each([
    ['bytes', { key: Buffer.from('k'), value: Buffer.from([0, 255]), headers: { a: Buffer.from('b') } }],
    ['nothing to keep', { key: 'k', value: null }],
    ['a time of their own', { key: 'k', value: 'v', timestampDelta: 70_000 }],
    ['a header of several values', { key: 'k', value: 'v', headers: { a: ['b', 'c'] } }],
  ])('leaves to kafkajs records with %s', (_what, record) => {
    expect(ours.exports(record).buffer).toEqual(stock(record).buffer);
  });

  it('stands where kafkajs looks for it when it sends', async () => {
    const require = createRequire(import.meta.url);
    let asked = 0;
    const module = recordModule();
    module.exports = (record) => {
      asked += 1;
      return stock(record);
    };
    const { protocol } = require('kafkajs/src/protocol/requests/produce/index.js') as Produce;
    const partitions = [{ partition: 0, messages: [{ key: 'k', value: 'v' }] }];
    const { request } = protocol({ version: 7 })({
      acks: -1,
      timeout: 1,
      topicData: [{ topic: 't', partitions }],
    });
    await request.encode();
    expect(asked).toBe(1);
  });
});

interface Produce {
  protocol: (version: {
    version: number;
  }) => (produce: object) => { request: { encode(): Promise<unknown> } };
}
