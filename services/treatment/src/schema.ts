import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as carePlan } from './planning/care-plan/care-plan.resolvers.ts';
import { resolvers as episode } from './episode/episode/episode.resolvers.ts';
import { resolvers as advice } from './work/advice/advice.resolvers.ts';
import { resolvers as advocacy } from './work/advocacy/advocacy.resolvers.ts';
import { resolvers as guidance } from './work/guidance/guidance.resolvers.ts';
import { resolvers as counselingNote } from './work/counseling-note/counseling-note.resolvers.ts';
import { resolvers as clientDocument } from './work/document/document.resolvers.ts';
import { resolvers as progressNote } from './work/progress-note/progress-note.resolvers.ts';
import { resolvers as gap } from './planning/gaps/gap.resolvers.ts';
import { resolvers as intervention } from './planning/intervention/intervention.resolvers.ts';
import { resolvers as milestone } from './planning/milestone/milestone.resolvers.ts';
import { resolvers as goal } from './planning/goal/goal.resolvers.ts';
import { resolvers as instrument } from './assessment/instrument/instrument.resolvers.ts';
import { resolvers as crisis } from './crisis/crisis-alert/crisis-alert.resolvers.ts';
import { resolvers as nextStep } from './assessment/next-step/next-step.resolvers.ts';
import { resolvers as risk } from './assessment/risk/risk.resolvers.ts';
import { resolvers as need } from './planning/need/need.resolvers.ts';
import { resolvers as outcomeData } from './episode/outcome-data/outcome-data.resolvers.ts';
import { resolvers as stay } from './episode/stay/stay.resolvers.ts';
import { resolvers as returnToUse } from './episode/return-to-use/return-to-use.resolvers.ts';
import { resolvers as visit } from './episode/visit/visit.resolvers.ts';
import { resolvers as aftercarePlan } from './aftercare/aftercare-plan/aftercare-plan.resolvers.ts';
import { resolvers as aftercareContact } from './aftercare/aftercare-contact/aftercare-contact.resolvers.ts';
import { resolvers as lostContact } from './aftercare/lost-contact/lost-contact.resolvers.ts';
import { resolvers as transition } from './aftercare/transition/transition.resolvers.ts';
import { resolvers as supportEnd } from './aftercare/support-end/support-end.resolvers.ts';
import { resolvers as board } from './aftercare/board/board.resolvers.ts';
import { resolvers as obligation } from './aftercare/obligation/obligation.resolvers.ts';
import { resolvers as screening } from './assessment/screening/screening.resolvers.ts';
import { resolvers as absence } from './timeline/absence/absence.resolvers.ts';
import { resolvers as dueItem } from './timeline/due-item/due-item.resolvers.ts';
import { resolvers as look } from './timeline/look/look.resolvers.ts';
import { resolvers as diagnosisCode } from './assessment/diagnosis-code/diagnosis-code.resolvers.ts';
import { resolvers as diagnosis } from './assessment/diagnosis/diagnosis.resolvers.ts';
import { resolvers as locAssessment } from './assessment/level-of-care/loc-assessment.resolvers.ts';
import { resolvers as medication } from './assessment/medication/medication.resolvers.ts';
import { resolvers as substanceUse } from './assessment/substance/substance-use.resolvers.ts';
import { resolvers as planTemplate } from './planning/plan-template/plan-template.resolvers.ts';
import { resolvers as recommendation } from './work/recommendation/recommendation.resolvers.ts';
import { resolvers as support } from './work/support/support.resolvers.ts';
import { resolvers as measure } from './measure/figure/figure.resolvers.ts';
import { resolvers as timeline } from './timeline/timeline/timeline.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'treatment',
    sourceDir: import.meta.dirname,
    slices: [
      instrument,
      screening,
      diagnosisCode,
      diagnosis,
      medication,
      substanceUse,
      locAssessment,
      nextStep,
      risk,
      crisis,
      episode,
      stay,
      outcomeData,
      visit,
      returnToUse,
      obligation,
      aftercareContact,
      lostContact,
      transition,
      board,
      supportEnd,
      aftercarePlan,
      carePlan,
      goal,
      milestone,
      intervention,
      planTemplate,
      gap,
      advice,
      guidance,
      recommendation,
      support,
      advocacy,
      progressNote,
      counselingNote,
      clientDocument,
      need,
      timeline,
      look,
      dueItem,
      absence,
      measure,
    ],
    logger,
  });
}
