import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { forbidden, invalidTransition } from '@throughline/graphql/problems';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { NotificationCode } from '../../inbox/notification/notification.ts';
import type { MessageLanguage } from '../address/address.ts';
import type { Values, Wording } from './policy.ts';

export const templateStates = ['PROPOSED', 'ACTIVE', 'RETIRED'] as const;
export type TemplateState = (typeof templateStates)[number];

/** What a template is for: at most one of each is active. */
export interface TemplatePlace {
  code: NotificationCode;
  language: MessageLanguage;
  channel: MessageChannel;
}

/** One edition of the words of a message outside the application. */
export interface MessageTemplate extends TemplatePlace, Wording {
  id: string;
  /** 1, 2, 3 … of its place; the words of the house are edition 0. */
  edition: number;
  state: TemplateState;
  proposedBy: string;
  proposedAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
  version: number;
}

interface By {
  id: string;
  now: Date;
}

/** Writes down new words; nothing goes out with them before a second person approves. The wording has no faults. */
export function proposeTemplate(
  place: TemplatePlace,
  { subject, body }: Wording,
  edition: number,
  by: By,
): Decision<MessageTemplate, never, never> {
  const { code, language, channel } = place;
  const insert: MessageTemplate = {
    ...{ id: uuidV7(by.now), code, language, channel, subject, body, edition, state: 'PROPOSED' },
    ...{ proposedBy: by.id, proposedAt: by.now, approvedBy: null, approvedAt: null, version: 1 },
  };
  return { insert };
}

/** Four eyes: the words count from now on, unless the same person proposed them. Source: infra/reference/domain.md 6.3. */
export function approveTemplate(template: MessageTemplate, by: By): Decision<never, MessageTemplate> {
  if (template.state !== 'PROPOSED')
    return invalidTransition(template.state, 'approveMessageTemplate', allowedFrom(template));
  if (template.proposedBy === by.id) return forbidden('A second administrator has to approve these words.');
  return { update: { ...template, state: 'ACTIVE', approvedBy: by.id, approvedAt: by.now } };
}

/** The words no longer count; those before them, or those of the house, count again. */
export function retireTemplate(template: MessageTemplate): Decision<never, MessageTemplate> {
  if (template.state === 'RETIRED') return invalidTransition(template.state, 'retireMessageTemplate', []);
  return { update: { ...template, state: 'RETIRED' } };
}

/** What can be done with a template in its state, by any administrator. */
export function allowedFrom({ state }: Pick<MessageTemplate, 'state'>): ('APPROVE' | 'RETIRE')[] {
  if (state === 'PROPOSED') return ['APPROVE', 'RETIRE'];
  return state === 'ACTIVE' ? ['RETIRE'] : [];
}

/** Values of a preview. */
export const exampleValues: Values = {
  appName: 'Throughline',
  link: 'https://app.example/n/0199',
  dueDate: '3/4',
  caseRef: 'K7Q2',
  when: 'Tue 3/4 2:00 pm',
};
