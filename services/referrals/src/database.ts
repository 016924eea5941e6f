import { careEntities, careMigrations } from '@throughline/care';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceDatabase } from '@throughline/service';
import type { EntitySchema } from 'typeorm';
import { AgencyEntity } from './directory/agency/agency.entity.ts';
import { ServiceEntity } from './directory/directory-service/directory-service.entity.ts';
import { DirectoryImportEntity } from './directory/directory-import/directory-import.entity.ts';
import { LocationEntity } from './directory/location/location.entity.ts';
import { CreateDirectory1700000000001 } from './migrations/0001-create-directory.ts';
import { ClientRestrictionEntity } from './referral/consent/client-restriction.entity.ts';
import { ConsentScopeEntity } from './referral/consent/consent-scope.entity.ts';
import { DisclosureEntity } from './referral/disclosure/disclosure.entity.ts';
import { CreateReferral1700000000010 } from './migrations/0010-create-referral.ts';
import { CreateWebhook1700000000011 } from './migrations/0011-create-webhook.ts';
import { IndexFailingDelivery1700000000012 } from './migrations/0012-index-failing-delivery.ts';
import { TellAgencies1700000000013 } from './migrations/0013-tell-agencies.ts';
import { CreatePartnerPrincipal1700000000014 } from './migrations/0014-create-partner-principal.ts';
import { ExtendDirectory1700000000021 } from './migrations/0021-extend-directory.ts';
import { FanOutWebhooks1700000000022 } from './migrations/0022-fan-out-webhooks.ts';
import { IndexReferralService1700000000024 } from './migrations/0024-index-referral-service.ts';
import { NeedEntity } from './referral/need/need.entity.ts';
import { PartnerEventEntity } from './referral/partner-event/partner-event.entity.ts';
import { PartnerPrincipalEntity } from './partner/principal/principal.entity.ts';
import { BeginFromRecommendation1700000000105 } from './migrations/0105-begin-from-recommendation.ts';
import { ChosenServiceEntity } from './referral/recommendation/chosen-service.entity.ts';
import { ReferralRequestEntity } from './referral/referral-request/referral-request.entity.ts';
import { ReferralEntity, ReferralTransitionEntity } from './referral/referral/referral.entity.ts';
import {
  WebhookAttemptEntity,
  WebhookDeliveryEntity,
  WebhookSubscriptionEntity,
} from './delivery/webhook/webhook.entity.ts';
import { GuardLiveReferral1700000000020 } from './migrations/0020-guard-live-referral.ts';
import { CreateDirectoryImport1700000000002 } from './migrations/0002-create-directory-import.ts';
import { CountReads1700000000023 } from './migrations/0023-count-reads.ts';
import { NarrowConsentScope1700000000025 } from './migrations/0025-narrow-consent-scope.ts';
import { OpenCrisisEntity } from './referral/crisis/open-crisis.entity.ts';
import { CopyOpenCrises1700000000035 } from './migrations/0035-copy-open-crises.ts';
import { KeepShutOut1700000000040 } from './migrations/0040-keep-shut-out.ts';
import { KeepDeliveries1700000000041 } from './migrations/0041-keep-deliveries.ts';
import { PartitionGrowingTables1700000000030 } from './migrations/0030-partition-growing-tables.ts';

const entities = [
  ...messagingEntities,
  AgencyEntity,
  ServiceEntity,
  LocationEntity,
  DirectoryImportEntity,
  ...careEntities,
  NeedEntity,
  OpenCrisisEntity,
  ChosenServiceEntity,
  ConsentScopeEntity,
  ClientRestrictionEntity,
  ReferralRequestEntity,
  ReferralEntity,
  ReferralTransitionEntity,
  DisclosureEntity,
  PartnerEventEntity,
  PartnerPrincipalEntity,
  WebhookSubscriptionEntity,
  WebhookDeliveryEntity,
  WebhookAttemptEntity,
] as EntitySchema[];

const migrations = [
  ...messagingMigrations,
  ...careMigrations,
  CreateDirectory1700000000001,
  CreateDirectoryImport1700000000002,
  CreateReferral1700000000010,
  CreateWebhook1700000000011,
  IndexFailingDelivery1700000000012,
  TellAgencies1700000000013,
  CreatePartnerPrincipal1700000000014,
  GuardLiveReferral1700000000020,
  ExtendDirectory1700000000021,
  FanOutWebhooks1700000000022,
  CountReads1700000000023,
  IndexReferralService1700000000024,
  NarrowConsentScope1700000000025,
  PartitionGrowingTables1700000000030,
  CopyOpenCrises1700000000035,
  KeepShutOut1700000000040,
  KeepDeliveries1700000000041,
  BeginFromRecommendation1700000000105,
];

export const { createDataSource, migrate } = serviceDatabase({
  service: 'referrals',
  entities,
  migrations,
  timers: true,
});
