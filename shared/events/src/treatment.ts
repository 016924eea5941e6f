import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { id } from './fields.ts';

const topic = 'treatment.v1';

export const screeningScored = defineEvent(
  topic,
  'ScreeningScored',
  'Key: clientId. A screening was signed. Neither instrument nor result: both say something about health.',
  z.object({ screeningId: id, clientId: id }),
);

export const safetyFlagRaised = defineEvent(
  topic,
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

export const episodeStarted = defineEvent(
  topic,
  'EpisodeStarted',
  'Key: clientId. An episode of care began.',
  z.object({ episodeId: id, clientId: id }),
);

export const episodePhaseChanged = defineEvent(
  topic,
  'EpisodePhaseChanged',
  'Key: clientId. The episode moved to another phase.',
  z.object({ episodeId: id, clientId: id }),
);

export const episodeEnded = defineEvent(
  topic,
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
