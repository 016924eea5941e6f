import { careEntities, careMigrations } from '@throughline/care';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceDatabase } from '@throughline/service';
import type { EntitySchema } from 'typeorm';
import { EscalationEntity } from './duty/escalation/escalation.entity.ts';
import { CreateNotification1700000000002 } from './migrations/0002-create-notification.ts';
import { KeepAbsence1700000000009 } from './migrations/0009-keep-absence.ts';
import { NotificationEntity } from './inbox/notification/notification.entity.ts';
import { QuietHoursEntity } from './channel/quiet-hours/quiet-hours.entity.ts';
import { OnCallEntity } from './duty/on-call/on-call.entity.ts';
import { EscalationPolicyEntity } from './duty/policy/policy.entity.ts';
import { OnCallRotaEntity } from './duty/rota/rota.entity.ts';
import { DigestEntity } from './digest/digest/digest.entity.ts';
import { NoteEntity } from './gratitude/note/note.entity.ts';
import { CampaignEntity } from './gratitude/recognition/campaign.entity.ts';
import { DeedEntity } from './gratitude/recognition/deed.entity.ts';
import { ThankPeople1700000000030 } from './migrations/0030-thank-people.ts';
import { ClientRuleEntity } from './channel/client-rule/client-rule.entity.ts';
import { IndexSupervised1700000000031 } from './migrations/0031-index-supervised.ts';
import { KeepClientRules1700000000045 } from './migrations/0045-keep-client-rules.ts';
import { PlanOnCall1700000000012 } from './migrations/0012-plan-on-call.ts';
import { StaffAddressEntity } from './channel/address/address.entity.ts';
import { DeliveryAttemptEntity, DeliveryEntity } from './channel/delivery/delivery.entity.ts';
import { MessageTemplateEntity } from './channel/template/template.entity.ts';
import { DeliverOutside1700000000032 } from './migrations/0032-deliver-outside.ts';
import { PushSubscriptionEntity } from './channel/push/push.entity.ts';
import { SilencedChannelEntity } from './channel/preference/preference.entity.ts';
import { PushAndPrefer1700000000033 } from './migrations/0033-push-and-prefer.ts';
import { AppointmentEntity } from './channel/client-channel/appointment.entity.ts';
import { ChannelConsentEntity } from './channel/client-channel/consent.entity.ts';
import { RemindClients1700000000034 } from './migrations/0034-remind-clients.ts';
import { KeepRota1700000000150 } from './migrations/0150-keep-rota.ts';
import { KeepDigest1700000000151 } from './migrations/0151-keep-digest.ts';
import { IndexLines1700000000152 } from './migrations/0152-index-lines.ts';
import { StaffEntity } from './inbox/staff/staff.entity.ts';

const entities = [
  ...messagingEntities,
  ...careEntities,
  StaffEntity,
  QuietHoursEntity,
  ClientRuleEntity,
  EscalationEntity,
  NotificationEntity,
  OnCallEntity,
  OnCallRotaEntity,
  EscalationPolicyEntity,
  DigestEntity,
  NoteEntity,
  DeedEntity,
  CampaignEntity,
  StaffAddressEntity,
  DeliveryEntity,
  DeliveryAttemptEntity,
  MessageTemplateEntity,
  PushSubscriptionEntity,
  SilencedChannelEntity,
  ChannelConsentEntity,
  AppointmentEntity,
] as EntitySchema[];

const migrations = [
  ...messagingMigrations,
  ...careMigrations,
  CreateNotification1700000000002,
  KeepAbsence1700000000009,
  PlanOnCall1700000000012,
  ThankPeople1700000000030,
  IndexSupervised1700000000031,
  DeliverOutside1700000000032,
  PushAndPrefer1700000000033,
  RemindClients1700000000034,
  KeepClientRules1700000000045,
  KeepRota1700000000150,
  KeepDigest1700000000151,
  IndexLines1700000000152,
];

export const { createDataSource, migrate } = serviceDatabase({
  service: 'notifications',
  entities,
  migrations,
  timers: true,
});
