/** What a person can answer to a text message, English and Spanish. Source: infra/reference/domain.md 6.3. */
const words = {
  STOP: [
    'stop',
    'stopall',
    'unsubscribe',
    'cancel',
    'end',
    'quit',
    'revoke',
    'optout',
    'alto',
    'parar',
    'basta',
    'cancelar',
  ],
  START: ['start', 'unstop', 'yes', 'iniciar', 'si', 'reanudar'],
  HELP: ['help', 'info', 'ayuda'],
} as const;

export type StopWord = keyof typeof words;

/** The word that a message consists of; null when it is another text. */
export function stopWordIn(text: string): StopWord | null {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  const found = Object.entries(words).find(([, list]) => (list as readonly string[]).includes(plain));
  return (found?.[0] as StopWord | undefined) ?? null;
}
