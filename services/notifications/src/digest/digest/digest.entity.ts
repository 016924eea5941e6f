import { EntitySchema } from 'typeorm';
import type { Digest } from './digest.ts';

export const DigestEntity = new EntitySchema<Digest>({
  name: 'Digest',
  tableName: 'digest',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    day: { type: 'date' },
    unread: { type: 'integer' },
    toAcknowledge: { type: 'integer', name: 'to_acknowledge' },
    lines: { type: 'jsonb' },
    writtenAt: { type: 'timestamptz', name: 'written_at' },
  },
});
