import { EntitySchema } from 'typeorm';
import type { NeedRef } from './need.ts';

export const NeedEntity = new EntitySchema<NeedRef>({
  name: 'Need',
  tableName: 'need',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
  },
});
