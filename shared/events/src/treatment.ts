import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { code, id } from './fields.ts';

const topic = 'treatment.v1';

export const screeningScored = defineEvent(
  topic,
  'ScreeningScored',
  'Key: clientId. No item answers, no total: the band is enough for the next step.',
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

export const safetyFlagRaised = defineEvent(
  topic,
  'SafetyFlagRaised',
  'Key: clientId. A supervisor must acknowledge it. Source: infra/reference/domain.md 4.3, 6.2.',
  z.object({
    screeningId: id,
    clientId: id,
    flag: code,
    authorId: id,
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
  }),
);

export const episodeStarted = defineEvent(
  topic,
  'EpisodeStarted',
  'Key: clientId. An episode of care began.',
  z.object({ episodeId: id, clientId: id, phase: code, kind: code }),
);

export const episodePhaseChanged = defineEvent(
  topic,
  'EpisodePhaseChanged',
  'Key: clientId. The episode moved to another phase.',
  z.object({ episodeId: id, clientId: id, from: code, to: code }),
);

export const episodeEnded = defineEvent(
  topic,
  'EpisodeEnded',
  'Key: clientId. The episode of care ended, for a coded reason.',
  z.object({ episodeId: id, clientId: id, reason: code }),
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
  z.object({ carePlanId: id, clientId: id, reviewOn: z.iso.date() }),
);

export const goalProposed = defineEvent(
  topic,
  'GoalProposed',
  'Key: clientId. A goal was proposed in a care plan.',
  z.object({ goalId: id, carePlanId: id, clientId: id, needId: id.nullable() }),
);

export const goalActivated = defineEvent(
  topic,
  'GoalActivated',
  'Key: clientId. The goal has a measure, a target and a date, and is worked on.',
  z.object({ goalId: id, carePlanId: id, clientId: id, dueOn: z.iso.date() }),
);

export const goalClosed = defineEvent(
  topic,
  'GoalClosed',
  'Key: clientId. The goal was closed, with how far it was achieved.',
  z.object({ goalId: id, carePlanId: id, clientId: id, achievement: code }),
);
