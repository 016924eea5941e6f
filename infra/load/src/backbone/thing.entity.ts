import { EntitySchema } from 'typeorm';

export interface Thing {
  id: string;
  version: number;
  at: Date;
}

export const ThingEntity = new EntitySchema<Thing>({
  name: 'Thing',
  tableName: 'thing',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'integer' },
    at: { type: 'timestamptz' },
  },
});
