import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { keyPartitioner } from './partitioner.ts';

describe('the partition of a key', () => {
  it('is the one that kafkajs and every other client would choose', () => {
    const [ours, stock] = [keyPartitioner(), kafkajs.Partitioners.DefaultPartitioner()];
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
          ...{ partitionErrorCode: 0, partitionId, leader: 0, replicas: [0], isr: [0] },
        }));
        const asked = { topic: 'clients.v1', partitionMetadata, message: { key, value: '' } };
        expect(ours(asked)).toBe(stock(asked));
      }),
    );
  });
});
