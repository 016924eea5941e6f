import { GraphQLError } from 'graphql';
import { Caseload } from './caseload.ts';

const failing = (code: string) => () =>
  Promise.resolve({ data: null, errors: [new GraphQLError('no', { extensions: { code } })] });

it.each([
  ['FORBIDDEN', 'FORBIDDEN'],
  ['SUBGRAPH_TIMEOUT', 'LIVE_INTERRUPTED'],
])('a caseload that is refused with %s ends the subscription with %s', async (code, told) => {
  await expect(Caseload.of('ruth', failing(code))).rejects.toMatchObject({ extensions: { code: told } });
});
