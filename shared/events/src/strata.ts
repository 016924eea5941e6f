import { z } from 'zod';
import { defineRestrictedEvent, type Restriction } from './define-event.ts';
import { code, id } from './fields.ts';

/** treatment: figures by group of people. Each of these codes says something that the law protects. */
const toTreatment: Restriction = { topic: 'clients.restricted.v1', readers: ['treatment'] };

export const clientDescribed = defineRestrictedEvent(
  toTreatment,
  'ClientDescribed',
  'Key: clientId. By what measures are broken down, as the record says it from now on. Source: infra/reference/domain.md 5.2.',
  z.object({
    clientId: id,
    language: code.nullable(),
    populations: z.array(code),
    sex: code.nullable(),
    races: z.array(code),
    ethnicGroup: code.nullable(),
  }),
);

export const caseProgramNamed = defineRestrictedEvent(
  toTreatment,
  'CaseProgramNamed',
  'Key: clientId. The program that carries the case, as a code; null when none is named any more.',
  z.object({ clientId: id, caseId: id, program: code.nullable() }),
);
