import { graphqlClient } from '@throughline/testing';
import { print } from '../bench.ts';
import { programNames, type ScaledSystem } from './scaled-system.ts';
import { page } from './steady.ts';
import { throughput, type Throughput } from './throughput.ts';

const MOST_COPIES = 3;
const lookUp =
  'query Look($id: ID!) { client(id: $id) { caseNumber name { legal } activeCase { needs { status } } } }';

/** What one, two and three copies of clients bear, and how far one core of each program goes. Answers how many requests failed. */
export async function compareCopies(system: ScaledSystem, token: string): Promise<number> {
  const variables = { id: await somebody(system, token) };
  let failed = 0;
  let one = 0;
  for (let copies = 1; copies <= MOST_COPIES; copies += 1) {
    if (copies > 1) await system.programs.clients.grow();
    const found = await throughput(system, { query: lookUp, variables, token });
    failed += found.failed;
    one ||= found.perSecond;
    const ratio = (found.perSecond / one).toFixed(2);
    const share = found.cpu.clients.map((seconds) => seconds.toFixed(1)).join(' / ');
    print([
      [
        `look-ups, ${String(copies)} copies of clients`,
        `${found.perSecond.toFixed(0)}/s, ${ratio} times one copy; processor seconds of each copy: ${share}`,
      ],
    ]);
    if (copies === 1) tellCores('look-up', found, ['clients', 'gateway']);
  }
  const found = await throughput(system, { query: page, variables, token });
  tellCores('page', found, programNames);
  return failed + found.failed;
}

async function somebody(system: ScaledSystem, token: string): Promise<string> {
  const maria = graphqlClient(system.gateways()[0]?.staff ?? '', token);
  const { data } = await maria<{ registerClient: { id: string } }>(`mutation { registerClient(input: {
    legalName: "Invented One", dateOfBirth: "1991-04-12", needs: [{ category: HOMELESSNESS, clientRank: 1 }]
  }) { ... on Client { id } } }`);
  return data?.registerClient.id ?? '';
}

function tellCores(
  what: string,
  { perSecond, perCore }: Throughput,
  names: typeof programNames | ('clients' | 'gateway')[],
): void {
  const cores = names.map((name) => `${name} ${perCore[name].toFixed(0)}`).join(', ');
  print([[`${what}: all together / for one core of`, `${perSecond.toFixed(0)}/s / ${cores}`]]);
}
