import { careEntities, careMigrations } from '@throughline/care';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceDatabase } from '@throughline/service';
import {
  CarePlanEntity,
  PlanReviewEntity,
  PlanVersionEntity,
} from './planning/care-plan/care-plan.entity.ts';
import { InterventionEntity } from './planning/intervention/intervention.entity.ts';
import { MilestoneEntity } from './planning/milestone/milestone.entity.ts';
import { EpisodeEntity } from './episode/episode/episode.entity.ts';
import { GoalEntity, GoalProgressEntity } from './planning/goal/goal.entity.ts';
import { CreateScreening1700000000002 } from './migrations/0002-create-screening.ts';
import { CreateEpisode1700000000003 } from './migrations/0003-create-episode.ts';
import { CreateCarePlan1700000000004 } from './migrations/0004-create-care-plan.ts';
import { CreateTimelineEntry1700000000005 } from './migrations/0005-create-timeline-entry.ts';
import { CreateClientAge1700000000006 } from './migrations/0006-create-client-age.ts';
import { PartitionTimeline1700000000007 } from './migrations/0007-partition-timeline.ts';
import { ClientAgeEntity } from './assessment/age/client-age.entity.ts';
import {
  InstrumentWordingEntity,
  LoadedInstrumentEntity,
} from './assessment/instrument/instrument.entity.ts';
import { NextStepEntity } from './assessment/next-step/next-step.entity.ts';
import { RiskChangeEntity, RiskEntity } from './assessment/risk/risk.entity.ts';
import { CrisisAlertEntity, CrisisStepEntity } from './crisis/crisis-alert/crisis-alert.entity.ts';
import { LoadInstruments1700000000010 } from './migrations/0010-load-instruments.ts';
import { SignScreening1700000000011 } from './migrations/0011-sign-screening.ts';
import { CreateNextStep1700000000012 } from './migrations/0012-create-next-step.ts';
import { CreateCrisisAlert1700000000013 } from './migrations/0013-create-crisis-alert.ts';
import { CreateRisk1700000000014 } from './migrations/0014-create-risk.ts';
import { VersionCarePlan1700000000030 } from './migrations/0030-version-care-plan.ts';
import { CreateWork1700000000031 } from './migrations/0031-create-work.ts';
import { CreateProgressNote1700000000080 } from './migrations/0080-create-progress-note.ts';
import { CreateCounseling1700000000081 } from './migrations/0081-create-counseling.ts';
import { DocumentAccessEntity, DocumentEntity } from './work/document/document.entity.ts';
import { NoteAddendumEntity, ProgressNoteEntity } from './work/progress-note/progress-note.entity.ts';
import { QualificationEntity } from './work/qualification/qualification.entity.ts';
import { LoadCodes1700000000085 } from './migrations/0085-load-codes.ts';
import { CreateDiagnosis1700000000086 } from './migrations/0086-create-diagnosis.ts';
import { CreateMedication1700000000087 } from './migrations/0087-create-medication.ts';
import { CreateLocAssessment1700000000088 } from './migrations/0088-create-loc-assessment.ts';
import { RecommendServices1700000000089 } from './migrations/0089-recommend-services.ts';
import { CreatePlanTemplate1700000000100 } from './migrations/0100-create-plan-template.ts';
import { HearFigures1700000000110 } from './migrations/0110-hear-figures.ts';
import { KeepCaseApproval1700000000131 } from './migrations/0131-keep-case-approval.ts';
import { KeepAbsence1700000000152 } from './migrations/0152-keep-absence.ts';
import { KeepNextContact1700000000130 } from './migrations/0130-keep-next-contact.ts';
import { CreateDocument1700000000120 } from './migrations/0120-create-document.ts';
import { PlanTemplateEntity, TemplateUseEntity } from './planning/plan-template/plan-template.entity.ts';
import { RecommendationEntity } from './work/recommendation/recommendation.entity.ts';
import { SupportEntryEntity } from './work/support/support.entity.ts';
import { LoadedCodeListEntity } from './assessment/diagnosis-code/code-list.entity.ts';
import { DiagnosisEntity } from './assessment/diagnosis/diagnosis.entity.ts';
import { LocAssessmentEntity } from './assessment/level-of-care/loc-assessment.entity.ts';
import { MedicationEntity, MedicationSupplyEntity } from './assessment/medication/medication.entity.ts';
import { HeldCredentialEntity } from './assessment/scope/held-credential.entity.ts';
import { SubstanceUseEntity } from './assessment/substance/substance-use.entity.ts';
import { AdviceEntity } from './work/advice/advice.entity.ts';
import { AdvocacyEntity } from './work/advocacy/advocacy.entity.ts';
import { GuidanceEntity } from './work/guidance/guidance.entity.ts';
import { NeedEntity } from './planning/need/need.entity.ts';
import { CaseApprovalEntity } from './timeline/case-approval/case-approval.entity.ts';
import { NextContactEntity } from './timeline/next-contact/next-contact.entity.ts';
import { ScreeningEntity } from './assessment/screening/screening.entity.ts';
import { OutcomeDataEntity } from './episode/outcome-data/outcome-data.entity.ts';
import { DischargeCorrectionEntity, StayEntity } from './episode/stay/stay.entity.ts';
import { AftercarePlanEntity } from './aftercare/aftercare-plan/aftercare-plan.entity.ts';
import { CreateAftercarePlan1700000000052 } from './migrations/0052-create-aftercare-plan.ts';
import { KeepCauseOfStep1700000000070 } from './migrations/0070-keep-cause-of-step.ts';
import { IndexWaitingSteps1700000000071 } from './migrations/0071-index-waiting-steps.ts';
import { ReturnToUseEntity } from './episode/return-to-use/return-to-use.entity.ts';
import { CreateReturnToUse1700000000055 } from './migrations/0055-create-return-to-use.ts';
import { VisitEntity } from './episode/visit/visit.entity.ts';
import {
  EvidenceEntity,
  ObligationChangeEntity,
  ObligationEntity,
} from './aftercare/obligation/obligation.entity.ts';
import {
  AftercareContactChangeEntity,
  AftercareContactEntity,
} from './aftercare/aftercare-contact/aftercare-contact.entity.ts';
import { LostContactEntity, LostContactStepEntity } from './aftercare/lost-contact/lost-contact.entity.ts';
import { CreateAftercareContact1700000000053 } from './migrations/0053-create-aftercare-contact.ts';
import { SupportEndEntity } from './aftercare/support-end/support-end.entity.ts';
import { CreateSupportEnd1700000000056 } from './migrations/0056-create-support-end.ts';
import { ConsentCopyEntity } from './aftercare/consent-copy/consent-copy.entity.ts';
import { ReferralStandingEntity, TransitionEntity } from './aftercare/transition/transition.entity.ts';
import { CreateCareTransition1700000000054 } from './migrations/0054-create-care-transition.ts';
import { AppointmentAlarmEntity } from './aftercare/first-appointment/first-appointment.entity.ts';
import { CreateAppointmentAlarm1700000000140 } from './migrations/0140-create-appointment-alarm.ts';
import { IndexWaitingNotes1700000000151 } from './migrations/0151-index-waiting-notes.ts';
import { ResealCounseling1700000000150 } from './migrations/0150-reseal-counseling.ts';
import { CreateFollowUp1700000000051 } from './migrations/0051-create-follow-up.ts';
import { CreateStay1700000000050 } from './migrations/0050-create-stay.ts';
import { LabelTimeline1700000000090 } from './migrations/0090-label-timeline.ts';
import { KeepDefaultLabels1700000000091 } from './migrations/0091-keep-default-labels.ts';
import { AbsenceEntity } from './timeline/absence/absence.entity.ts';
import { LookEntity } from './timeline/look/look.entity.ts';
import { StrataEntity, ToldEntity } from './measure/history/told.entity.ts';
import { MeasureCaseEntity } from './measure/tally/measure-case.entity.ts';
import { CreateMeasures1700000000060 } from './migrations/0060-create-measures.ts';
import { TimelineEntryEntity } from './timeline/timeline/timeline.entity.ts';

const entities = [
  ...messagingEntities,
  ...careEntities,
  ClientAgeEntity,
  LoadedInstrumentEntity,
  InstrumentWordingEntity,
  ScreeningEntity,
  LoadedCodeListEntity,
  HeldCredentialEntity,
  DiagnosisEntity,
  MedicationEntity,
  MedicationSupplyEntity,
  SubstanceUseEntity,
  LocAssessmentEntity,
  PlanTemplateEntity,
  TemplateUseEntity,
  RecommendationEntity,
  SupportEntryEntity,
  NextStepEntity,
  CrisisAlertEntity,
  CrisisStepEntity,
  RiskEntity,
  RiskChangeEntity,
  EpisodeEntity,
  StayEntity,
  DischargeCorrectionEntity,
  OutcomeDataEntity,
  VisitEntity,
  ReturnToUseEntity,
  AftercarePlanEntity,
  ObligationEntity,
  ObligationChangeEntity,
  EvidenceEntity,
  AftercareContactEntity,
  AftercareContactChangeEntity,
  AppointmentAlarmEntity,
  LostContactEntity,
  LostContactStepEntity,
  TransitionEntity,
  ReferralStandingEntity,
  ConsentCopyEntity,
  SupportEndEntity,
  CarePlanEntity,
  PlanVersionEntity,
  PlanReviewEntity,
  MilestoneEntity,
  InterventionEntity,
  GoalEntity,
  GoalProgressEntity,
  AdviceEntity,
  GuidanceEntity,
  AdvocacyEntity,
  QualificationEntity,
  ProgressNoteEntity,
  NoteAddendumEntity,
  DocumentEntity,
  DocumentAccessEntity,
  NeedEntity,
  NextContactEntity,
  AbsenceEntity,
  CaseApprovalEntity,
  TimelineEntryEntity,
  LookEntity,
  ToldEntity,
  StrataEntity,
  MeasureCaseEntity,
];

const migrations = [
  ...messagingMigrations,
  ...careMigrations,
  CreateScreening1700000000002,
  CreateEpisode1700000000003,
  CreateCarePlan1700000000004,
  CreateTimelineEntry1700000000005,
  CreateClientAge1700000000006,
  PartitionTimeline1700000000007,
  LoadInstruments1700000000010,
  SignScreening1700000000011,
  CreateNextStep1700000000012,
  CreateCrisisAlert1700000000013,
  CreateRisk1700000000014,
  VersionCarePlan1700000000030,
  CreateWork1700000000031,
  CreateStay1700000000050,
  CreateFollowUp1700000000051,
  CreateAftercarePlan1700000000052,
  CreateAftercareContact1700000000053,
  CreateCareTransition1700000000054,
  CreateReturnToUse1700000000055,
  CreateSupportEnd1700000000056,
  CreateMeasures1700000000060,
  KeepCauseOfStep1700000000070,
  IndexWaitingSteps1700000000071,
  CreateProgressNote1700000000080,
  CreateCounseling1700000000081,
  LabelTimeline1700000000090,
  KeepDefaultLabels1700000000091,
  LoadCodes1700000000085,
  CreateDiagnosis1700000000086,
  CreateMedication1700000000087,
  CreateLocAssessment1700000000088,
  RecommendServices1700000000089,
  CreatePlanTemplate1700000000100,
  HearFigures1700000000110,
  CreateDocument1700000000120,
  CreateAppointmentAlarm1700000000140,
  ResealCounseling1700000000150,
  IndexWaitingNotes1700000000151,
  KeepNextContact1700000000130,
  KeepCaseApproval1700000000131,
  KeepAbsence1700000000152,
];

export const { createDataSource, migrate } = serviceDatabase({
  service: 'treatment',
  entities,
  migrations,
  timers: true,
});
