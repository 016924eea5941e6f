import { findInstrument } from './definitions.ts';
import { loadInstrument, type CannotLoad } from './load-instrument.ts';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const now = new Date('2026-11-20T20:00:00Z');
beforeAll(async () => {
  treatment = await testTreatment({ now });
});
afterAll(() => treatment.close());

/** A definition as an operator writes it from the tool whose terms were accepted; the words here are ours. */
const prapare = () => ({
  ...{
    code: 'PRAPARE',
    version: '1',
    title: 'Social determinants',
    period: 'PAST_YEAR',
    ages: { from: 18, to: null },
  },
  choices: { yesNo: [{ value: 0 }, { value: 1 }] },
  items: ['place', 'food', 'transport'].map((topic, at) => ({ number: at + 1, topic, choices: 'yesNo' })),
  total: {
    ...{ code: 'TALLY', items: [1, 2, 3], positive: 1 },
    bands: [
      { code: 'NONE', from: 0 },
      { code: 'SOME', from: 1 },
    ],
  },
  loinc: { panel: '93025-5' },
  ...{ credit: 'Copyright of its owner.', licence: 'Used under the terms that this installation accepted.' },
  languages: { en: { items: { 1: 'Own words' }, labels: { yesNo: { 0: 'No', 1: 'Yes' } } } },
});
const load = (file: unknown, acceptedBy: string | null = 'Pat Program') =>
  treatment.db.transaction((tx) => loadInstrument(tx, file, { acceptedBy, now }));
const faults = (file: unknown, acceptedBy?: string | null) =>
  load(file, acceptedBy).then(
    () => [],
    (error: unknown) => (error as CannotLoad).faults,
  );
async function tools() {
  const query = `{ instruments { code version panelLoinc languages items { number text(language: "en") wording: text(language: "fr")
    choices { value label } } } }`;
  const { data } = await treatment.ask<{ instruments: { code: string; items: object[] }[] }>(
    maria,
    query,
    {},
  );
  return data.instruments;
}

describe('a definition that an operator loads', () => {
  it('is refused while nobody accepted the terms, and when it lacks what it must have', async () => {
    expect(await faults(prapare(), null)).toEqual([expect.stringContaining('not accepted')]);
    expect(await faults({ ...prapare(), licence: '', items: [] })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^items/), expect.stringMatching(/^licence/)]),
    );
    expect((await tools()).map(({ code }) => code)).not.toContain('PRAPARE');
  });

  it('is there at once, can be recorded, and is loaded once', async () => {
    expect(await load(prapare())).toContain('PRAPARE version 1: 3 items');
    expect(await faults(prapare())).toEqual([expect.stringContaining('loaded already')]);
    expect((await tools()).find(({ code }) => code === 'PRAPARE')).toMatchObject({
      ...{ panelLoinc: '93025-5', languages: ['en'] },
      items: [
        { text: 'Own words', wording: null, choices: [{ value: 0, label: 'No' }, { value: 1 }] },
        {},
        {},
      ],
    });
    const clientId = await treatment.assign(maria.id, staff('SUPERVISOR').id);
    const answers = [1, 2, 3].map((item) => ({ item, value: 1 }));
    const record = `mutation ($input: RecordScreeningInput!) { recordScreening(input: $input) {
      ... on Screening { instrument instrumentVersion total band positive } } }`;
    const { data } = await treatment.ask(maria, record, {
      input: { clientId, instrument: 'PRAPARE', answers },
    });
    expect(data).toEqual({
      recordScreening: {
        instrument: 'PRAPARE',
        instrumentVersion: '1',
        total: 3,
        band: 'SOME',
        positive: true,
      },
    });
    // Flags of a client are read through the definition, also a loaded one.
    const flags = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client { openSafetyFlags { flag } } } }`;
    expect((await treatment.ask(maria, flags, { c: clientId })).data).toEqual({
      _entities: [{ openSafetyFlags: [] }],
    });
  });
});

describe('wording that an operator loads', () => {
  it('is shown for its language, and refused for items that are not there', async () => {
    const version = findInstrument('AUDIT')?.version;
    const file = (items: object) => ({
      code: 'AUDIT',
      version,
      language: 'fr',
      wording: { items, labels: {} },
    });
    expect(await faults(file({ 11: 'Onze' }))).toEqual(['There is no item 11.']);
    expect(await faults({ ...file({}), version: '99' })).toEqual(['There is no AUDIT version 99.']);
    await load(file({ 1: 'Première' }));
    expect((await tools()).find(({ code }) => code === 'AUDIT')?.items[0]).toMatchObject({
      text: null,
      wording: 'Première',
    });
    await load(file({ 1: 'Corrigée' }));
    expect((await tools()).find(({ code }) => code === 'AUDIT')?.items[0]).toMatchObject({
      wording: 'Corrigée',
    });
  });
});
