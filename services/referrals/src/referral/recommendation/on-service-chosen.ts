import { serviceChosen } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { ChosenServiceEntity } from './chosen-service.entity.ts';

/** Stores what a referral in one step needs of a choice. */
const onServiceChosen = on(
  serviceChosen,
  async (tx, { recommendationId: id, clientId, needId, serviceId, matchPoints, declinedServiceIds }) => {
    const row = { id, clientId, needId, serviceId, matchPoints, declinedServiceIds };
    await tx.upsert(ChosenServiceEntity, row, ['id']);
  },
);

export const choiceProjection = defineProjection({
  concern: 'work',
  name: 'choices',
  tables: ['chosen_service'],
  reactions: [onServiceChosen],
});
