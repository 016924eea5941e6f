import { careCopy, CareReader } from '@throughline/care';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { instrumentLoaders } from './assessment/instrument/instrument.entity.ts';
import { nextStepLoaders } from './assessment/next-step/next-step.entity.ts';
import { riskLoaders } from './assessment/risk/risk.entity.ts';
import { consequences, type Consequences } from './consequences.ts';
import { crisisLoaders } from './crisis/crisis-alert/crisis-alert.entity.ts';
import { carePlanLoaders } from './planning/care-plan/care-plan.entity.ts';
import { episodeLoaders } from './episode/episode/episode.entity.ts';
import { outcomeDataLoaders } from './episode/outcome-data/outcome-data.entity.ts';
import { stayLoaders } from './episode/stay/stay.entity.ts';
import { aftercarePlanLoaders } from './aftercare/aftercare-plan/aftercare-plan.entity.ts';
import { aftercareContactLoaders } from './aftercare/aftercare-contact/aftercare-contact.entity.ts';
import { lostContactLoaders } from './aftercare/lost-contact/lost-contact.entity.ts';
import { supportEndLoaders } from './aftercare/support-end/support-end.entity.ts';
import { consentCopyLoaders } from './aftercare/consent-copy/consent-copy.entity.ts';
import { transitionLoaders } from './aftercare/transition/transition.entity.ts';
import { obligationLoaders } from './aftercare/obligation/obligation.entity.ts';
import { returnToUseLoaders } from './episode/return-to-use/return-to-use.entity.ts';
import { visitLoaders } from './episode/visit/visit.entity.ts';
import { adviceLoaders } from './work/advice/advice.entity.ts';
import { advocacyLoaders } from './work/advocacy/advocacy.entity.ts';
import { guidanceLoaders } from './work/guidance/guidance.entity.ts';
import { noteLoaders } from './work/progress-note/progress-note.loaders.ts';
import { counselingLogLoaders } from './work/counseling-note/counseling-log.ts';
import type { CounselingVault } from './work/counseling-note/counseling-vault.ts';
import type { SecretKey } from '@throughline/runtime';
import { documentLoaders } from './work/document/document.entity.ts';
import type { ObjectStore } from './work/document/object-store.ts';
import { gapLoaders } from './planning/gaps/gap.loaders.ts';
import { interventionLoaders } from './planning/intervention/intervention.entity.ts';
import { milestoneLoaders } from './planning/milestone/milestone.entity.ts';
import { goalLoaders } from './planning/goal/goal.entity.ts';
import { screeningLoaders } from './assessment/screening/screening.loaders.ts';
import { lookLoaders } from './timeline/look/look.entity.ts';
import { diagnosisLoaders } from './assessment/diagnosis/diagnosis.entity.ts';
import { locAssessmentLoaders } from './assessment/level-of-care/loc-assessment.entity.ts';
import { medicationLoaders } from './assessment/medication/medication.entity.ts';
import { substanceUseLoaders } from './assessment/substance/substance-use.entity.ts';
import { planTemplateLoaders } from './planning/plan-template/plan-template.entity.ts';
import { recommendationLoaders } from './work/recommendation/recommendation.entity.ts';
import { supportLoaders } from './work/support/support.entity.ts';
import type { MeasureReader } from './measure/figure/measure-reader.ts';
import { timelineLoaders } from './timeline/timeline/timeline.loaders.ts';

/** One object per request, so that loaders batch and cache per request. */
export function createLoaders(
  { db, now, vault }: Pick<ContextParts, 'db' | 'now' | 'vault'>,
  care: CareReader,
  viewer: Viewer,
) {
  return {
    ...instrumentLoaders(db.manager),
    ...screeningLoaders(db, care),
    ...diagnosisLoaders(db.manager, care),
    ...medicationLoaders(db.manager, care),
    ...substanceUseLoaders(db.manager, care),
    ...locAssessmentLoaders(db.manager, care),
    ...nextStepLoaders(db.manager, care),
    ...riskLoaders(db.manager, care),
    ...crisisLoaders(db.manager, care),
    ...episodeLoaders(db, care),
    ...stayLoaders(db.manager, care),
    ...visitLoaders(db.manager, care),
    ...returnToUseLoaders(db.manager, care),
    ...outcomeDataLoaders(db.manager),
    ...obligationLoaders(db.manager, care),
    ...aftercareContactLoaders(db.manager, care),
    ...lostContactLoaders(db.manager, care),
    ...supportEndLoaders(db.manager, care),
    ...consentCopyLoaders(db.manager),
    ...transitionLoaders(db.manager, care),
    ...aftercarePlanLoaders(db.manager, care),
    ...carePlanLoaders(db, care),
    ...goalLoaders(db, care),
    ...milestoneLoaders(db.manager),
    ...interventionLoaders(db.manager),
    ...gapLoaders(db, now),
    ...adviceLoaders(db, care),
    ...planTemplateLoaders(db.manager),
    ...recommendationLoaders(db, care),
    ...supportLoaders(db.manager, care),
    ...guidanceLoaders(db, care),
    ...advocacyLoaders(db, care),
    ...noteLoaders({ db, care, viewer }),
    ...documentLoaders(db, care),
    ...counselingLogLoaders(vault, viewer.id),
    ...timelineLoaders(db),
    ...lookLoaders(db, viewer, now),
  };
}

export interface Context extends ServiceContext<ReturnType<typeof createLoaders>> {
  /** Time zone of the program. */
  timeZone: string;
  care: CareReader;
  consequences: Consequences;
  /** Counseling notes, apart from the database of the service. */
  vault: CounselingVault;
  /** Figures come through connections of their own. */
  measures: MeasureReader;
  files: DocumentSettings;
}

/** What documents need of the settings. */
export interface DocumentSettings {
  keys: readonly SecretKey[];
  mostBytes: number;
  /** Where new content goes; null: into the database. */
  store: ObjectStore | null;
}

export interface ContextParts {
  db: DataSource;
  now: () => Date;
  timeZone: string;
  vault: CounselingVault;
  measures: MeasureReader;
  files: DocumentSettings;
}

export function createContext(parts: ContextParts, viewer: Viewer, requestId: string): Context {
  const care = new CareReader(careCopy, { ...parts, viewer });
  return {
    ...parts,
    viewer,
    care,
    consequences,
    cause: causeOf(viewer, requestId),
    loaders: createLoaders(parts, care, viewer),
  };
}
