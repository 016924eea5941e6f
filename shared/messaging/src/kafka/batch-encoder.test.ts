import { createRequire } from 'node:module';
import fc from 'fast-check';
import { batchModule, patchBatchEncoder } from './batch-encoder.ts';
import { recordModule } from './record-encoder.ts';

const stock = batchModule().RecordBatch;
const ours = { RecordBatch: stock };
patchBatchEncoder(ours);
const encodeRecord = recordModule().exports;

const batches = fc.record({
  values: fc.array(fc.string({ maxLength: 300 }), { maxLength: 100 }),
  firstTimestamp: fc.nat(2 ** 31 - 1),
  maxTimestamp: fc.nat(2 ** 31 - 1),
  producerId: fc.nat(1000),
  producerEpoch: fc.nat(1000),
  firstSequence: fc.nat(2 ** 31 - 1),
  transactional: fc.boolean(),
});

const batchOf = ({ values, ...fields }: { values: string[] }) => ({
  ...fields,
  lastOffsetDelta: values.length - 1,
  records: values.map((value, offsetDelta) => encodeRecord({ key: 'k', value, offsetDelta })),
});

describe('the encoder of batches', () => {
  it('writes what kafkajs writes', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (fields) => {
        const [batch, expected] = await Promise.all([
          ours.RecordBatch(batchOf(fields)),
          stock(batchOf(fields)),
        ]);
        expect(batch.buffer.equals(expected.buffer)).toBe(true);
        expect(batch.size()).toBe(expected.size());
      }),
    );
  });

  it('leaves compressed batches to kafkajs', async () => {
    const gzip = { ...batchOf({ values: ['a', 'b'] }), compression: 1, firstTimestamp: 1, maxTimestamp: 1 };
    expect((await ours.RecordBatch(gzip)).buffer).toEqual((await stock(gzip)).buffer);
  });

  it('stands where kafkajs looks for it when it sends', async () => {
    const require = createRequire(import.meta.url);
    let asked = 0;
    const module = batchModule();
    module.RecordBatch = (batch) => {
      asked += 1;
      return stock(batch);
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
