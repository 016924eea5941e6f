import { EntitySchema } from 'typeorm';
import type { Need } from './need.ts';

export const NeedEntity = new EntitySchema<Need>({
  name: 'Need',
  tableName: 'need',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    caseId: { type: 'uuid', name: 'case_id' },
    category: { type: 'text' },
  },
});
