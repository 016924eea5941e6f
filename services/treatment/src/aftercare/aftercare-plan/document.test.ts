import { randomUUID } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { AftercarePlan } from './aftercare-plan.ts';
import { paragraphsOf } from './document.ts';
import { printPlan } from './print.ts';
import { wordsOf } from './template.ts';

const steps = ['Llamar a Ana'];
const by = { who: 'María', by: '2036-03-05' };
const plan: AftercarePlan = {
  ...{
    id: randomUUID(),
    clientId: randomUUID(),
    episodeId: randomUUID(),
    status: 'ACTIVE',
    leavesOn: '2036-03-03',
  },
  sections: {
    appointments: [{ withWhom: 'River Clinic', at: '2036-03-06T04:30:00Z', ...by }],
    medication: { plan: 'Farmacia', opioidMedication: 'CONTINUES', naloxone: 'GIVEN', ...by },
    safetyPlan: {
      ...{ warningSigns: steps, copingAlone: steps, peopleAndPlaces: steps },
      ...{ peopleToAsk: steps, professionals: steps, saferSurroundings: steps },
    },
    callAnytime: { name: '988', number: '988' },
  },
  ...{
    openedAt: new Date('2036-03-01T12:00:00Z'),
    reviewedAt: null,
    copyGiven: true,
    copyDeclinedReason: null,
  },
  ...{ activatedAt: null, activatedBy: null, clonedFromId: null, receivers: [], version: 1 },
};
const options = { language: 'es', part: 'PLAN', timeZone: 'America/New_York' } as const;

/** The words of a PDF with the built-in fonts: hexadecimal strings inside deflated streams. */
function wordsIn(content: string): string {
  const file = Buffer.from(content, 'base64').toString('latin1');
  const streams = [...file.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, body]) => {
    try {
      return inflateSync(Buffer.from(body ?? '', 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  return [...streams.join('').matchAll(/<([0-9a-f]+)>/g)]
    .map(([, hex]) => Buffer.from(hex ?? '', 'hex').toString('latin1'))
    .join('');
}

describe('a printed plan', () => {
  it('is a PDF in the language of the client, with the time of the program', async () => {
    const printed = await printPlan(plan, options);
    expect(printed).toMatchObject({ fileName: 'aftercare-plan-es.pdf', hasUnprintable: false });
    const words = wordsIn(printed?.content ?? '');
    for (const part of ['Plan de seguridad', 'María', 'Llamar a Ana', '5 de marzo', '23:30', 'Naloxona'])
      expect(words.replaceAll(/\s+/g, ' ')).toContain(part);
  });

  it('has the safety plan alone, and says when it is a draft', () => {
    const words = wordsOf('en-US')!;
    const asked = { part: 'SAFETY_PLAN', words, at: String } as const;
    const lines = paragraphsOf({ ...plan, status: 'DRAFT' }, asked).map(({ text }) => text);
    expect(lines.slice(0, 4)).toEqual(['Safety plan', words.name, words.draft, words.steps[0]]);
    expect(lines.at(-1)).toBe(words.crisisLine);
    expect(lines.join()).not.toContain('River Clinic');
  });

  it('says when a letter cannot be printed, and has no template for every language', async () => {
    const other = { ...plan, sections: { contactsBy: '王' } };
    expect(await printPlan(other, { ...options, language: 'en' })).toMatchObject({ hasUnprintable: true });
    expect(await printPlan(plan, { ...options, language: 'fr' })).toBeNull();
    expect(await printPlan(plan, { ...options, language: 'en-nothing-of-the-kind' })).toBeNull();
  });
});
