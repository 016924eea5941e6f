import type { Instrument, Item } from './instrument.ts';

const NEVER_TO_DAILY = [0, 1, 2, 3];
const NO_YES = [0, 1];

const item = (number: number, text: string | null, values: readonly number[]): Item => ({
  number,
  text,
  values,
  reverse: false,
  scored: true,
  loinc: null,
});

const pfizer = {
  credit: 'Developed by Drs. R. L. Spitzer, J. B. W. Williams, K. Kroenke and colleagues.',
  licence: 'No permission required to reproduce, translate, display or distribute.',
};

const phq9Texts = [
  'Little interest or pleasure in doing things',
  'Feeling down, depressed, or hopeless',
  'Trouble falling or staying asleep, or sleeping too much',
  'Feeling tired or having little energy',
  'Poor appetite or overeating',
  'Feeling bad about yourself, or that you are a failure or have let yourself or your family down',
  'Trouble concentrating on things, such as reading the newspaper or watching television',
  'Moving or speaking so slowly that other people could have noticed, or the opposite: being so fidgety or restless that you have been moving around a lot more than usual',
];

const phq9: Instrument = {
  code: 'PHQ-9',
  version: '1',
  title: 'Patient Health Questionnaire, nine items',
  items: [
    ...phq9Texts.map((text, index) => item(index + 1, text, NEVER_TO_DAILY)),
    {
      ...item(9, 'Thoughts that you would be better off dead, or of hurting yourself', NEVER_TO_DAILY),
      loinc: '44260-8',
    },
    {
      ...item(10, 'How difficult have these problems made it to do your work or get along?', NEVER_TO_DAILY),
      scored: false,
    },
  ],
  bands: [
    { code: 'MINIMAL', from: 0 },
    { code: 'MILD', from: 5 },
    { code: 'MODERATE', from: 10 },
    { code: 'MODERATELY_SEVERE', from: 15 },
    { code: 'SEVERE', from: 20 },
  ],
  positiveFrom: 10,
  ages: { from: 18, to: null },
  mostMissing: 2,
  flagRules: [{ flag: 'SUICIDE_ITEM', item: 9, from: 1 }],
  loinc: { panel: null, total: '44261-6' },
  ...pfizer,
};

const gad7Texts = [
  'Feeling nervous, anxious, or on edge',
  'Not being able to stop or control worrying',
  'Worrying too much about different things',
  'Trouble relaxing',
  'Being so restless that it is hard to sit still',
  'Becoming easily annoyed or irritable',
  'Feeling afraid, as if something awful might happen',
];

const gad7: Instrument = {
  code: 'GAD-7',
  version: '1',
  title: 'Generalised Anxiety Disorder, seven items',
  items: gad7Texts.map((text, index) => item(index + 1, text, NEVER_TO_DAILY)),
  bands: [
    { code: 'MINIMAL', from: 0 },
    { code: 'MILD', from: 5 },
    { code: 'MODERATE', from: 10 },
    { code: 'SEVERE', from: 15 },
  ],
  positiveFrom: 10,
  ages: { from: 18, to: null },
  mostMissing: 2,
  flagRules: [],
  loinc: { panel: null, total: '70274-6' },
  ...pfizer,
};

const dast10: Instrument = {
  code: 'DAST-10',
  version: '1',
  title: 'Drug Abuse Screening Test, ten items, past 12 months',
  items: Array.from({ length: 10 }, (_, index) => ({
    ...item(index + 1, null, NO_YES),
    // Item 3 asks whether the person can stop when they want to: "no" counts.
    reverse: index + 1 === 3,
  })),
  bands: [
    { code: 'NONE', from: 0 },
    { code: 'LOW', from: 1 },
    { code: 'MODERATE', from: 3 },
    { code: 'SUBSTANTIAL', from: 6 },
    { code: 'SEVERE', from: 9 },
  ],
  positiveFrom: 3,
  ages: { from: 18, to: null },
  mostMissing: 0,
  flagRules: [],
  loinc: { panel: null, total: '82667-7' },
  credit: 'Copyright 1982 Harvey A. Skinner, PhD, and the Centre for Addiction and Mental Health, Toronto.',
  licence: 'Free for clinical and non-commercial use with credit to the author.',
};

/** Current and past versions: a score refers to the version it was made with. */
export const instruments: readonly Instrument[] = [phq9, gad7, dast10];

/** The current version of an instrument, or null when none has this code. */
export function findInstrument(code: string): Instrument | null {
  return instruments.findLast((instrument) => instrument.code === code) ?? null;
}

/** The definition that an existing score was made with. */
export function getInstrument(code: string, version: string): Instrument {
  const found = instruments.find((instrument) => instrument.code === code && instrument.version === version);
  if (!found) throw new Error(`No definition of ${code} version ${version} is loaded`);
  return found;
}
