import { CareResponderEntity } from '@throughline/care';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceDatabase } from '@throughline/service';
import { AssignmentEntity } from './casework/assignment/assignment.entity.ts';
import { CaseFileEntity, PhaseEntryEntity } from './casework/case-file/case-file.entity.ts';
import { ContactEntryEntity, ContactRevisionEntity } from './casework/contact/contact.entity.ts';
import { CaseModifiersEntity } from './casework/modifier/modifier.entity.ts';
import { ScreeningDecisionEntity } from './casework/screening/screening.entity.ts';
import { CaseBlockerEntity } from './casework/closure/blocker.entity.ts';
import { CloseRequestEntity } from './casework/closure/close-request.entity.ts';
import { StaffMemberEntity } from './workforce/case-manager/case-manager.entity.ts';
import {
  CeActivityEntity,
  CredentialEntity,
  CredentialTypeEntity,
} from './workforce/credential/credential.entity.ts';
import { StaffLeaveEntity } from './workforce/leave/leave.entity.ts';
import { ClientEntity } from './people/client/client.entity.ts';
import { AgencyEntity } from './people/agency/agency.entity.ts';
import { ConsentEntity } from './consent/consent/consent.entity.ts';
import { DisclosureReadsEntity } from './consent/disclosure/disclosure-reads.entity.ts';
import { DisclosureRecordEntity } from './consent/disclosure/disclosure.entity.ts';
import { HouseholdMemberEntity } from './people/household/household.entity.ts';
import { SupportPersonEntity } from './people/support/support.entity.ts';
import { DuplicateRulingEntity } from './people/duplicates/duplicates.entity.ts';
import { TellStrata1700000000140 } from './migrations/0140-tell-strata.ts';
import { IndexCover1700000000150 } from './migrations/0150-index-cover.ts';
import { TellCredentials1700000000105 } from './migrations/0105-tell-credentials.ts';
import { TellNextContacts1700000000130 } from './migrations/0130-tell-next-contacts.ts';
import { AskToClose1700000000131 } from './migrations/0131-ask-to-close.ts';
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
import { KeepCases1700000000035 } from './migrations/0035-keep-cases.ts';
import { KeepContacts1700000000036 } from './migrations/0036-keep-contacts.ts';
import { KeepWorkforce1700000000045 } from './migrations/0045-keep-workforce.ts';
import { CreateAgency1700000000012 } from './migrations/0012-create-agency.ts';
import { AwaitCaseload1700000000046 } from './migrations/0046-await-caseload.ts';
import { KeepCredentials1700000000047 } from './migrations/0047-keep-credentials.ts';
import { CreateCallLine1700000000020 } from './migrations/0020-create-call-line.ts';
import { CreateTriageScript1700000000021 } from './migrations/0021-create-triage-script.ts';
import { CreateInquiry1700000000022 } from './migrations/0022-create-inquiry.ts';
import { CallLineEntity } from './intake/call-line/call-line.entity.ts';
import { InquiryEntity } from './intake/inquiry/inquiry.entity.ts';
import { TriageScriptEntity } from './intake/triage/triage.entity.ts';
import { DescribePerson1700000000025 } from './migrations/0025-describe-person.ts';
import { SearchClients1700000000026 } from './migrations/0026-search-clients.ts';
import { KnowEnvironment1700000000027 } from './migrations/0027-know-environment.ts';
import { ApproveCaseload1700000000048 } from './migrations/0048-approve-caseload.ts';
import { ReassignCases1700000000049 } from './migrations/0049-reassign-cases.ts';
import { AwaitCaseloadOnce1700000000050 } from './migrations/0050-await-caseload-once.ts';
import { FreeVerifier1700000000051 } from './migrations/0051-free-verifier.ts';
import { IndexLists1700000000055 } from './migrations/0055-index-lists.ts';
import { KeepResponder1700000000060 } from './migrations/0060-keep-responder.ts';
import { EditSettings1700000000066 } from './migrations/0066-edit-settings.ts';
import { ProgramModelEntity } from './workforce/program-model/program-model.entity.ts';
import { TellContactRules1700000000065 } from './migrations/0065-tell-contact-rules.ts';
import { BlockByNotes1700000000080 } from './migrations/0080-block-by-notes.ts';
import { ValidateBlockers1700000000081 } from './migrations/0081-validate-blockers.ts';
import { ReassignmentEntity } from './casework/reassignment/reassignment.entity.ts';
import { NeedEntity } from './casework/need/need.entity.ts';

const entities = [
  CareResponderEntity,
  ...messagingEntities,
  StaffMemberEntity,
  StaffLeaveEntity,
  ReassignmentEntity,
  CredentialTypeEntity,
  ProgramModelEntity,
  CredentialEntity,
  CeActivityEntity,
  ClientEntity,
  CaseFileEntity,
  PhaseEntryEntity,
  CaseBlockerEntity,
  CloseRequestEntity,
  ContactEntryEntity,
  ContactRevisionEntity,
  ScreeningDecisionEntity,
  CaseModifiersEntity,
  AssignmentEntity,
  NeedEntity,
  AgencyEntity,
  CallLineEntity,
  TriageScriptEntity,
  InquiryEntity,
  ConsentEntity,
  DisclosureReadsEntity,
  DisclosureRecordEntity,
  DuplicateRulingEntity,
  HouseholdMemberEntity,
  SupportPersonEntity,
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
  CreateAgency1700000000012,
  CreateCallLine1700000000020,
  CreateTriageScript1700000000021,
  CreateInquiry1700000000022,
  KeepCases1700000000035,
  KeepContacts1700000000036,
  KeepWorkforce1700000000045,
  AwaitCaseload1700000000046,
  KeepCredentials1700000000047,
  DescribePerson1700000000025,
  SearchClients1700000000026,
  KnowEnvironment1700000000027,
  ApproveCaseload1700000000048,
  ReassignCases1700000000049,
  AwaitCaseloadOnce1700000000050,
  FreeVerifier1700000000051,
  IndexLists1700000000055,
  KeepResponder1700000000060,
  TellContactRules1700000000065,
  EditSettings1700000000066,
  BlockByNotes1700000000080,
  ValidateBlockers1700000000081,
  TellCredentials1700000000105,
  TellNextContacts1700000000130,
  TellStrata1700000000140,
  IndexCover1700000000150,
  AskToClose1700000000131,
];

export const { createDataSource, migrate } = serviceDatabase({
  service: 'clients',
  entities,
  migrations,
  timers: true,
});
