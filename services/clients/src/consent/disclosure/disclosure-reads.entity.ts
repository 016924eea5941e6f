import { EntitySchema } from 'typeorm';
import type { DisclosureReads } from './disclosure-reads.ts';

export const DisclosureReadsEntity = new EntitySchema<DisclosureReads>({
  name: 'DisclosureReads',
  tableName: 'disclosure_reads',
  columns: {
    disclosureId: { type: 'uuid', primary: true, name: 'disclosure_id' },
    reads: { type: 'integer' },
    lastReadAt: { type: 'timestamptz', name: 'last_read_at' },
  },
});
