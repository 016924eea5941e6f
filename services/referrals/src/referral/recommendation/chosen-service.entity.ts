import { EntitySchema } from 'typeorm';
import type { ChosenService } from './chosen-service.ts';

export const ChosenServiceEntity = new EntitySchema<ChosenService>({
  name: 'ChosenService',
  tableName: 'chosen_service',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    needId: { type: 'uuid', name: 'need_id', nullable: true },
    serviceId: { type: 'uuid', name: 'service_id' },
    matchPoints: { type: 'integer', name: 'match_points', nullable: true },
    declinedServiceIds: { type: 'uuid', name: 'declined_service_ids', array: true },
  },
});
