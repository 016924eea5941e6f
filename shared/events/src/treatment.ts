import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { code, id } from './fields.ts';

const topic = 'treatment.v1';

/** Key: clientId. No item answers, no total: the band is enough for the next step. */
export const screeningScored = defineEvent(
  topic,
  'ScreeningScored',
  z.object({
    screeningId: id,
    clientId: id,
    instrument: code,
    instrumentVersion: code,
    band: code.nullable(),
    positive: z.boolean(),
    flags: z.array(code),
  }),
);

/** Key: clientId. Must reach a supervisor and be acknowledged (domain reference 4.3, 6.2 SCREEN_POSITIVE_SAFETY). */
export const safetyFlagRaised = defineEvent(
  topic,
  'SafetyFlagRaised',
  z.object({
    screeningId: id,
    clientId: id,
    flag: code,
    authorId: id,
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
  }),
);

/** Key: clientId. */
export const episodeStarted = defineEvent(
  topic,
  'EpisodeStarted',
  z.object({ episodeId: id, clientId: id, phase: code, kind: code }),
);

/** Key: clientId. */
export const episodePhaseChanged = defineEvent(
  topic,
  'EpisodePhaseChanged',
  z.object({ episodeId: id, clientId: id, from: code, to: code }),
);

/** Key: clientId. */
export const episodeEnded = defineEvent(
  topic,
  'EpisodeEnded',
  z.object({ episodeId: id, clientId: id, reason: code }),
);

/** Key: clientId. */
export const carePlanOpened = defineEvent(
  topic,
  'CarePlanOpened',
  z.object({ carePlanId: id, clientId: id }),
);

/** Key: clientId. */
export const carePlanActivated = defineEvent(
  topic,
  'CarePlanActivated',
  z.object({ carePlanId: id, clientId: id, reviewOn: z.iso.date() }),
);

/** Key: clientId. */
export const goalProposed = defineEvent(
  topic,
  'GoalProposed',
  z.object({ goalId: id, carePlanId: id, clientId: id, needId: id.nullable() }),
);

/** Key: clientId. */
export const goalActivated = defineEvent(
  topic,
  'GoalActivated',
  z.object({ goalId: id, carePlanId: id, clientId: id, dueOn: z.iso.date() }),
);

/** Key: clientId. */
export const goalClosed = defineEvent(
  topic,
  'GoalClosed',
  z.object({ goalId: id, carePlanId: id, clientId: id, achievement: code }),
);
