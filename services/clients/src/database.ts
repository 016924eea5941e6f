import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceDatabase } from '@throughline/service';
import { AssignmentEntity, CaseFileEntity } from './casework/case-file/case-file.entity.ts';
import { StaffMemberEntity } from './workforce/case-manager/case-manager.entity.ts';
import { ClientEntity } from './people/client/client.entity.ts';
import { ConsentEntity } from './consent/consent/consent.entity.ts';
import { DisclosureReadsEntity } from './consent/disclosure/disclosure-reads.entity.ts';
import { DisclosureRecordEntity } from './consent/disclosure/disclosure.entity.ts';
import { CreateCaseManager1700000000001 } from './migrations/0001-create-case-manager.ts';
import { CreateClient1700000000002 } from './migrations/0002-create-client.ts';
import { CreateConsent1700000000003 } from './migrations/0003-create-consent.ts';
import { CreateDisclosureRecord1700000000004 } from './migrations/0004-create-disclosure-record.ts';
import { GuardEqualRows1700000000005 } from './migrations/0005-guard-equal-rows.ts';
import { TellAgeGroups1700000000006 } from './migrations/0006-tell-age-groups.ts';
import { GuardSignedConsent1700000000007 } from './migrations/0007-guard-signed-consent.ts';
import { CountDisclosureReads1700000000008 } from './migrations/0008-count-disclosure-reads.ts';
import { TellStanding1700000000009 } from './migrations/0009-tell-standing.ts';
import { IndexClientSearch1700000000010 } from './migrations/0010-index-client-search.ts';
import { TellLimits1700000000011 } from './migrations/0011-tell-limits.ts';
import { NeedEntity } from './casework/need/need.entity.ts';

const entities = [
  ...messagingEntities,
  StaffMemberEntity,
  ClientEntity,
  CaseFileEntity,
  AssignmentEntity,
  NeedEntity,
  ConsentEntity,
  DisclosureReadsEntity,
  DisclosureRecordEntity,
];

const migrations = [
  ...messagingMigrations,
  CreateCaseManager1700000000001,
  CreateClient1700000000002,
  CreateConsent1700000000003,
  CreateDisclosureRecord1700000000004,
  GuardEqualRows1700000000005,
  TellAgeGroups1700000000006,
  GuardSignedConsent1700000000007,
  CountDisclosureReads1700000000008,
  TellStanding1700000000009,
  IndexClientSearch1700000000010,
  TellLimits1700000000011,
];

export const { createDataSource, migrate } = serviceDatabase({
  service: 'clients',
  entities,
  migrations,
  timers: true,
});
