import { EntitySchema } from 'typeorm';
import type { StaffAddress } from './address.ts';

export const StaffAddressEntity = new EntitySchema<StaffAddress>({
  name: 'StaffAddress',
  tableName: 'staff_address',
  columns: {
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    channel: { type: 'text', primary: true },
    address: { type: 'text' },
    language: { type: 'text' },
    fault: { type: 'text', nullable: true },
    changedAt: { type: 'timestamptz', name: 'changed_at' },
  },
});
