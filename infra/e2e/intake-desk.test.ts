import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsConfig, migrate, startClients } from '@throughline/clients';
import { loadContacts } from '@throughline/local/demonstration/intake';
import { generate } from '@throughline/local/demonstration/generate';
import { aViewer, startTestService } from '@throughline/service/testing';

/** The query that the page of the clients service shows under a heading. */
function queryUnder(heading: string): string {
  const page = readFileSync(join(import.meta.dirname, '../../services/clients/README.md'), 'utf8');
  const section = page.slice(page.indexOf(`## ${heading}`));
  return /```graphql\n([^]*?)```/.exec(section)?.[1] ?? '';
}

describe('the intake desk of the demonstration', () => {
  it('shows a call, the promised calls and the lines to the query of the page, however often it is loaded', async () => {
    const service = await startTestService({
      name: 'clients',
      config: clientsConfig,
      start: startClients,
      migrate,
    });
    try {
      const plan = generate({ seed: 'test', today: '2026-11-23' });
      const worker = aViewer(['INTAKE_WORKER']);
      const record = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }';
      const input = { id: worker.id, name: 'Somebody', roles: ['INTAKE_WORKER'] };
      await service.get(aViewer(['PROGRAM_ADMIN']), record, { input });
      for (let time = 1; time <= 2; time += 1)
        await loadContacts(
          (_service, viewer, query, variables) => service.get(viewer, query, variables),
          plan,
          worker.id,
        );

      const { intakeDesk } = await service.get<{ intakeDesk: Record<string, { callerName?: string }[]> }>(
        worker,
        queryUnder('The intake desk'),
      );
      const callers = (list: string) => intakeDesk[list]?.map(({ callerName }) => callerName);
      expect(callers('open')).toEqual(['Perpetua Lindholm']);
      expect(callers('dueCallbacks')).toEqual(['Ward 4, Eastmere Hospital']);
      expect(intakeDesk.linesOpenNow).toHaveLength(3);
      const ended = '{ inquiries(filter: { status: [ENDED] }) { edges { node { disposition } } } }';
      const { inquiries } = await service.get<{ inquiries: { edges: { node: object }[] } }>(worker, ended);
      expect(inquiries.edges.map(({ node }) => node)).toEqual([
        { disposition: 'INFO_GIVEN' },
        { disposition: 'CONVERTED' },
      ]);
    } finally {
      await service.close();
    }
  });
});
