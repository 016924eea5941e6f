import { z } from 'zod';
import { defineEvent, defineRestrictedEvent, type Restriction } from './define-event.ts';
import { id } from './fields.ts';

const topic = 'treatment.v1';

/**
 * treatment: the timeline. gateway: it tells subscriptions the id of the client, to read again, and nothing else.
 * Facts of releases before are in the open topic until its retention is over.
 */
const restricted: Restriction = {
  topic: 'treatment.restricted.v1',
  readers: ['treatment', 'gateway'],
  formerly: topic,
};

const isNew: Restriction = { topic: restricted.topic, readers: restricted.readers };

export const screeningScored = defineRestrictedEvent(
  restricted,
  'ScreeningScored',
  'Key: clientId. A screening was scored. Neither instrument nor result: both say something about health.',
  z.object({ screeningId: id, clientId: id }),
);

export const screeningSigned = defineRestrictedEvent(
  isNew,
  'ScreeningSigned',
  'Key: clientId. A screening that had waited for a safety check was signed.',
  z.object({ screeningId: id, clientId: id }),
);

export const nextStepClosed = defineRestrictedEvent(
  isNew,
  'NextStepClosed',
  'Key: clientId. A person said that a task was done, or that it is not needed.',
  z.object({ stepId: id, clientId: id }),
);

export const safetyFlagRaised = defineRestrictedEvent(
  { ...restricted, readers: [...restricted.readers, 'notifications'] },
  'SafetyFlagRaised',
  'Key: clientId. A supervisor must acknowledge it. Source: infra/reference/domain.md 4.3, 6.2.',
  z.object({
    screeningId: id,
    clientId: id,
    authorId: id,
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
  }),
);

export const episodeStarted = defineRestrictedEvent(
  restricted,
  'EpisodeStarted',
  'Key: clientId. An episode of care began.',
  z.object({ episodeId: id, clientId: id }),
);

export const episodePhaseChanged = defineRestrictedEvent(
  restricted,
  'EpisodePhaseChanged',
  'Key: clientId. The episode moved to another phase.',
  z.object({ episodeId: id, clientId: id }),
);

export const episodeEnded = defineRestrictedEvent(
  restricted,
  'EpisodeEnded',
  'Key: clientId. The episode of care ended.',
  z.object({ episodeId: id, clientId: id }),
);

export const carePlanOpened = defineEvent(
  topic,
  'CarePlanOpened',
  'Key: clientId. A care plan was opened as a draft.',
  z.object({ carePlanId: id, clientId: id }),
);

export const carePlanActivated = defineEvent(
  topic,
  'CarePlanActivated',
  'Key: clientId. The care plan is in force until its review.',
  z.object({ carePlanId: id, clientId: id }),
);

export const goalProposed = defineEvent(
  topic,
  'GoalProposed',
  'Key: clientId. A goal was proposed in a care plan.',
  z.object({ goalId: id, clientId: id }),
);

export const goalActivated = defineEvent(
  topic,
  'GoalActivated',
  'Key: clientId. The goal has a measure, a target and a date, and is worked on.',
  z.object({ goalId: id, clientId: id }),
);

export const goalClosed = defineEvent(
  topic,
  'GoalClosed',
  'Key: clientId. The goal was closed.',
  z.object({ goalId: id, clientId: id }),
);

export const carePlanAgreed = defineEvent(
  topic,
  'CarePlanAgreed',
  'Key: clientId. The client answered to a new version of the plan in force.',
  z.object({ carePlanId: id, clientId: id }),
);

export const carePlanReviewed = defineEvent(
  topic,
  'CarePlanReviewed',
  'Key: clientId. The plan was gone through with the client.',
  z.object({ carePlanId: id, clientId: id }),
);

export const carePlanCompleted = defineEvent(
  topic,
  'CarePlanCompleted',
  'Key: clientId. The plan was carried out.',
  z.object({ carePlanId: id, clientId: id }),
);

export const carePlanSuperseded = defineEvent(
  topic,
  'CarePlanSuperseded',
  'Key: clientId. A new plan takes the place of the plan.',
  z.object({ carePlanId: id, clientId: id }),
);

export const carePlanReviewDue = defineEvent(
  topic,
  'CarePlanReviewDue',
  'Key: clientId. A review is due; below zero days left it is late. Source: infra/reference/domain.md 4.6, 6.2.',
  z.object({
    carePlanId: id,
    clientId: id,
    daysLeft: z.int(),
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
  }),
);

export const goalObserved = defineEvent(
  topic,
  'GoalObserved',
  'Key: clientId. Progress towards the goal was observed.',
  z.object({ goalId: id, clientId: id }),
);

export const goalRevised = defineEvent(
  topic,
  'GoalRevised',
  'Key: clientId. What the goal says was changed.',
  z.object({ goalId: id, clientId: id }),
);

export const goalHeld = defineEvent(
  topic,
  'GoalHeld',
  'Key: clientId. The goal is on hold.',
  z.object({ goalId: id, clientId: id }),
);

export const goalResumed = defineEvent(
  topic,
  'GoalResumed',
  'Key: clientId. Work on the goal goes on.',
  z.object({ goalId: id, clientId: id }),
);

export const milestoneAdded = defineEvent(
  topic,
  'MilestoneAdded',
  'Key: clientId. A step on the way to the goal was agreed.',
  z.object({ goalId: id, clientId: id }),
);

export const milestoneAchieved = defineEvent(
  topic,
  'MilestoneAchieved',
  'Key: clientId. A step on the way to the goal was reached.',
  z.object({ goalId: id, clientId: id }),
);

export const interventionStarted = defineEvent(
  topic,
  'InterventionStarted',
  'Key: clientId. Somebody does something for the goal from now on.',
  z.object({ goalId: id, clientId: id }),
);

export const interventionDone = defineEvent(
  topic,
  'InterventionDone',
  'Key: clientId. Something was done for the goal, as planned.',
  z.object({ goalId: id, clientId: id }),
);

export const interventionChanged = defineEvent(
  topic,
  'InterventionChanged',
  'Key: clientId. Somebody else does it for the goal from now on, or it is done at another rhythm.',
  z.object({ goalId: id, clientId: id }),
);

export const interventionEnded = defineEvent(
  topic,
  'InterventionEnded',
  'Key: clientId. Something that was done for the goal is over.',
  z.object({ goalId: id, clientId: id }),
);

export const goalDue = defineEvent(
  topic,
  'GoalDue',
  'Key: clientId. The day of the goal comes or is over. Source: infra/reference/domain.md 6.2.',
  z.object({
    goalId: id,
    clientId: id,
    daysLeft: z.int(),
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
  }),
);

export const adviceGiven = defineRestrictedEvent(
  isNew,
  'AdviceGiven',
  'Key: clientId. Advice was given.',
  z.object({ adviceId: id, clientId: id }),
);

export const adviceQuestioned = defineRestrictedEvent(
  { ...isNew, readers: [...isNew.readers, 'notifications'] },
  'AdviceQuestioned',
  'Key: clientId. A clinician is asked about advice for a client. Source: infra/reference/domain.md 8.4.',
  z.object({ adviceId: id, clientId: id, clinicianId: id }),
);

export const adviceAnswered = defineRestrictedEvent(
  isNew,
  'AdviceAnswered',
  'Key: clientId. The clinician answered.',
  z.object({ adviceId: id, clientId: id }),
);

export const adviceFollowedUp = defineRestrictedEvent(
  isNew,
  'AdviceFollowedUp',
  'Key: clientId. The client said the advice back, or the result of the advice is known.',
  z.object({ adviceId: id, clientId: id }),
);

export const guidanceGiven = defineRestrictedEvent(
  isNew,
  'GuidanceGiven',
  'Key: clientId. Something was done together with the client.',
  z.object({ guidanceId: id, clientId: id }),
);

export const advocacyOpened = defineRestrictedEvent(
  isNew,
  'AdvocacyOpened',
  'Key: clientId. Something is asked of somebody for the client.',
  z.object({ advocacyId: id, clientId: id }),
);

export const advocacyResolved = defineRestrictedEvent(
  isNew,
  'AdvocacyResolved',
  'Key: clientId. There is a result.',
  z.object({ advocacyId: id, clientId: id }),
);
