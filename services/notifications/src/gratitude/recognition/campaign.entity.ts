import { EntitySchema } from 'typeorm';
import type { OwnCampaign } from './campaign.ts';

export const CampaignEntity = new EntitySchema<OwnCampaign>({
  name: 'RecognitionCampaign',
  tableName: 'recognition_campaign',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    from: { type: 'date', name: 'from_day' },
    to: { type: 'date', name: 'to_day' },
    plannedBy: { type: 'uuid', name: 'planned_by' },
  },
});
