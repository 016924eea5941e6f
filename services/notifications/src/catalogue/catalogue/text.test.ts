import { notificationCodes } from '../../inbox/notification/notification.ts';
import { entryOf, mustBeAcknowledged } from './catalogue.ts';
import { texts } from './text.ts';

/** Nothing tells who it is about, what kind of agency, or why. Source: infra/reference/domain.md 6.3. */
const forbidden = [
  /[{}$<>%]/,
  /\b(client|patient|agency|clinic|shelter|hospital|detox|rehab|program|provider|department)\b/i,
  /\b(recovery|treatment|substance|alcohol|drug|opioid|mental|psychiatr\w*|suicid\w*|depress\w*|PHQ)\b/i,
  /\b(housing|food|appointment|diagnos\w*|medication|therapy|counsel\w*)\b/i,
  /\b(abuser|addict|clean|dirty|homeless)\b/i,
  /\d/,
];

describe.each(notificationCodes)('the words of %s', (code) => {
  const { title, body } = texts[code];

  it('tell nothing about anybody', () => {
    for (const pattern of forbidden) expect(`${title} ${body}`).not.toMatch(pattern);
  });

  it('fit a line and a sentence or two', () => {
    expect(title.length).toBeLessThanOrEqual(60);
    expect(body.length).toBeLessThanOrEqual(120);
  });
});

describe('the catalogue', () => {
  it('lets only these codes through at night', () => {
    const loud = notificationCodes.filter((code) => !entryOf(code).respectsQuietHours);
    expect(loud).toEqual([
      ...['CRISIS_L1', 'CRISIS_L2', 'SCREEN_POSITIVE_SAFETY', 'CONSENT_REVOKED'],
      ...['CRISIS_CALL', 'CALLBACK_DUE', 'CALLBACK_MISSED', 'NOTE_IN_CRISIS'],
    ]);
  });

  it('ends every escalation with the program administrators', () => {
    const ends = notificationCodes
      .filter(mustBeAcknowledged)
      .map((code) => entryOf(code).escalation.at(-1)?.to);
    expect(ends).not.toEqual([]);
    for (const to of ends) expect(to).toEqual(['PROGRAM_ADMIN']);
  });
});
