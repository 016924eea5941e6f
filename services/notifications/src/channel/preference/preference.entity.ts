import { EntitySchema } from 'typeorm';
import type { SilencedChannel } from './preference.ts';

export const SilencedChannelEntity = new EntitySchema<SilencedChannel>({
  name: 'SilencedChannel',
  tableName: 'silenced_channel',
  columns: {
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    code: { type: 'text', primary: true },
    channel: { type: 'text', primary: true },
    since: { type: 'timestamptz' },
  },
});
