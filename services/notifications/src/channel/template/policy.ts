import type { InputIssue } from '@throughline/graphql/problems';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import { forbiddenWords } from './forbidden-words.ts';

/** What a message outside the application may tell. `when` is the time of an appointment, for its own client only. */
export const variables = ['appName', 'link', 'dueDate', 'caseRef', 'when'] as const;
export type Variable = (typeof variables)[number];
export type Values = Readonly<Partial<Record<Variable, string>>>;

export interface Wording {
  /** Only of an e-mail and a push. */
  subject: string | null;
  body: string;
}

/** To staff: a pointer into the application. To a client: a reminder that leads nowhere and can be stopped. */
export type Audience = 'STAFF' | 'CLIENT';

const allowed: Readonly<Record<Audience, readonly Variable[]>> = {
  STAFF: ['appName', 'link', 'dueDate', 'caseRef'],
  CLIENT: ['appName', 'when'],
};
const longest: Readonly<Record<MessageChannel, number>> = {
  EMAIL: 600,
  SMS: 300,
  VOICE: 400,
  PUSH: 160,
  CHAT: 300,
};
const LONGEST_SUBJECT = 80;
const withSubject: readonly MessageChannel[] = ['EMAIL', 'PUSH'];
/** A call reads aloud: it has no link that a person can open. */
const withLink: readonly MessageChannel[] = ['EMAIL', 'SMS', 'PUSH', 'CHAT'];

/**
 * Every fault of a template under the content policy EXTERNAL: it uses only permitted variables, has those that it needs,
 * says nothing that identifies a person, and holds no word of the forbidden list. Source: infra/reference/domain.md 6.3.
 */
export function policyFaults(
  channel: MessageChannel,
  audience: Audience,
  { subject, body }: Wording,
): InputIssue[] {
  return [
    ...formFaults(channel, { subject, body }),
    ...Object.entries({ subject: subject ?? '', body }).flatMap(([path, text]) =>
      contentFaults(path, text, audience),
    ),
    ...neededFaults(channel, audience, body),
  ];
}

function formFaults(channel: MessageChannel, { subject, body }: Wording): InputIssue[] {
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (body.trim() === '') fault('body', 'EMPTY', 'Write the message.');
  if (body.length > longest[channel])
    fault(
      'body',
      'TOO_LONG',
      `A message of this channel has at most ${String(longest[channel])} characters.`,
    );
  const hasSubject = subject !== null && subject.trim() !== '';
  if (withSubject.includes(channel) !== hasSubject)
    fault(
      'subject',
      hasSubject ? 'NOT_ALLOWED' : 'EMPTY',
      hasSubject ? 'This channel has no subject.' : 'Write the subject.',
    );
  if (hasSubject && (subject.length > LONGEST_SUBJECT || /[\r\n]/.test(subject)))
    fault('subject', 'TOO_LONG', `A subject is one line of at most ${String(LONGEST_SUBJECT)} characters.`);
  return faults;
}

function contentFaults(path: string, text: string, audience: Audience): InputIssue[] {
  const used = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const plain = text.replaceAll(/\{[^{}]*\}/g, ' ');
  const unknown = used.filter((name) => !(allowed[audience] as readonly string[]).includes(name));
  const faults = unknown.map((name) => ({
    ...{ path, code: 'VARIABLE_NOT_ALLOWED' },
    message: `{${name}} may not leave the application. Permitted: ${allowed[audience].join(', ')}.`,
  }));
  if (/[{}]/.test(plain))
    faults.push({ path, code: 'BRACES', message: 'Braces stand only around a variable.' });
  if (/https?:|www\.|@|<|>|\d{4,}/i.test(plain))
    faults.push({ path, code: 'NOT_NEUTRAL', message: 'No address, number or markup: the link is {link}.' });
  const [word] = forbiddenIn(plain);
  if (word)
    faults.push({ path, code: 'FORBIDDEN_WORD', message: `"${word}" may not leave the application.` });
  return faults;
}

function neededFaults(channel: MessageChannel, audience: Audience, body: string): InputIssue[] {
  const fault = (code: string, message: string) => [{ path: 'body', code, message }];
  if (audience === 'STAFF')
    return withLink.includes(channel) && !body.includes('{link}')
      ? fault('MISSING_VARIABLE', 'The message needs {link}: it leads the reader into the application.')
      : [];
  if (!body.includes('{when}')) return fault('MISSING_VARIABLE', 'A reminder needs {when}.');
  return channel === 'SMS' && !/\bSTOP\b/.test(body)
    ? fault('MISSING_STOP', 'A text message to a client says how to end it: STOP.')
    : [];
}

const patterns = forbiddenWords.map((word) => ({
  word,
  is: new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}${word.endsWith('*') ? '' : '(?![\\p{L}\\p{N}])'}`, 'u'),
}));

/** The forbidden words in a text, however they are written: accents, capitals, wide letters and hidden characters do not hide one. */
export function forbiddenIn(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ');
  return patterns.filter(({ is }) => is.test(plain)).map(({ word }) => word);
}

function escaped(word: string): string {
  return word.replace(/\*$/, '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The message with its values. A template that has been saved misses none. */
export function fillIn({ subject, body }: Wording, values: Values): Wording {
  const filled = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name as Variable] ?? '').trim();
  return { subject: subject === null ? null : filled(subject), body: filled(body) };
}
