import { loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { StaffAddressEntity } from '../address/address.entity.ts';
import { SilencedChannelEntity } from '../preference/preference.entity.ts';
import { PushSubscriptionEntity } from '../push/push.entity.ts';
import { DeliveryAttemptEntity, DeliveryEntity } from './delivery.entity.ts';

export function createDeliveryLoaders({ manager }: DataSource) {
  return {
    deliveriesByNotification: loaderByOwner(manager, DeliveryEntity, 'notificationId', { id: 'ASC' }),
    attemptsByDelivery: loaderByOwner(manager, DeliveryAttemptEntity, 'deliveryId', { number: 'ASC' }),
    pushByStaff: loaderByOwner(manager, PushSubscriptionEntity, 'staffId', { id: 'ASC' }),
    silencedByStaff: loaderByOwner(manager, SilencedChannelEntity, 'staffId', { code: 'ASC' }),
    addressesByStaff: loaderByOwner(manager, StaffAddressEntity, 'staffId', { channel: 'ASC' }),
  };
}
