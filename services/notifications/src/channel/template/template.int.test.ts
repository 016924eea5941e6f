import { uuidV7 } from '@throughline/events';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const id = () => uuidV7(new Date());
const ruth = aViewer(id(), ['PROGRAM_ADMIN']);
const paul = aViewer(id(), ['PROGRAM_ADMIN']);
const maria = aViewer(id(), ['CASE_MANAGER']);

let service: TestService;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

interface Template {
  kind: string;
  id: string;
  edition: number;
  state: string;
  version: number;
  allowedCommands: string[];
  preview: { subject: string | null; body: string };
  issues?: { path: string; code: string }[];
}
const fields = `kind: __typename ... on MessageTemplate { id edition state version allowedCommands preview { subject body } }
  ... on InvalidInput { issues { path code } }`;

const place = { code: 'REFERRAL_EXPIRED', language: 'en', channel: 'EMAIL' };
const words = { subject: 'News in {appName}', body: 'Please look: {link}' };
async function act(viewer: typeof ruth, name: string, input: object): Promise<Template> {
  const type = `${name.replace(/^./, (letter) => letter.toUpperCase())}Input`;
  const query = `mutation($input: ${type}!) { it: ${name}(input: $input) { ${fields} } }`;
  return (await service.ask<{ it: Template }>(viewer, query, { input })).it;
}
const propose = (viewer: typeof ruth, more: object = {}) =>
  act(viewer, 'proposeMessageTemplate', { ...place, ...words, ...more });
const editions = async () => {
  const query = `{ messageWords(code: REFERRAL_EXPIRED, language: en, channel: EMAIL) {
    house { body } editions { edition state } } }`;
  return (
    await service.ask<{ messageWords: { editions: { edition: number; state: string }[] } }>(ruth, query)
  ).messageWords.editions;
};

describe('the words of a message', () => {
  it('count after a second administrator has approved them, and replace those before them', async () => {
    const first = await propose(ruth);
    expect(first).toMatchObject({
      ...{ edition: 1, state: 'PROPOSED', allowedCommands: ['RETIRE'] },
      preview: { subject: 'News in Throughline', body: 'Please look: https://app.example/n/0199' },
    });
    const alone = await act(ruth, 'approveMessageTemplate', { id: first.id });
    expect(alone.kind).toBe('Forbidden');
    expect(await act(paul, 'approveMessageTemplate', { id: first.id, expectedVersion: 1 })).toMatchObject({
      ...{ state: 'ACTIVE', version: 2, allowedCommands: ['RETIRE'] },
    });
    const second = await propose(paul);
    const answers = await Promise.all([
      act(ruth, 'approveMessageTemplate', { id: second.id, expectedVersion: 1 }),
      act(ruth, 'approveMessageTemplate', { id: second.id, expectedVersion: 1 }),
    ]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['MessageTemplate', 'StaleVersion']);
    expect(await editions()).toEqual([
      { edition: 2, state: 'ACTIVE' },
      { edition: 1, state: 'RETIRED' },
    ]);
    expect(await act(ruth, 'retireMessageTemplate', { id: second.id })).toMatchObject({ state: 'RETIRED' });
    expect((await act(ruth, 'retireMessageTemplate', { id: second.id })).kind).toBe('InvalidTransition');
  });

  it('get editions one after the other when two propose at once', async () => {
    const both = await Promise.all([propose(ruth), propose(paul)]);
    expect(new Set(both.map(({ edition }) => edition)).size).toBe(2);
  });

  it('are not saved when they break the policy or miss a variable: every fault is told', async () => {
    const before = await editions();
    const { issues } = await propose(ruth, { subject: 'From the clinic', body: 'Hello {clientName}' });
    expect(issues?.map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        ['subject', 'FORBIDDEN_WORD'],
        ['body', 'VARIABLE_NOT_ALLOWED'],
      ]),
    );
    expect(await editions()).toEqual(before);
  });

  it('are no business of a case manager', async () => {
    await expect(propose(maria)).rejects.toThrow('FORBIDDEN');
  });
});
