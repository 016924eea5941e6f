import '../telemetry-off.ts';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import { createLogger, createMetrics } from '@throughline/runtime';
import { createGatewayMeters } from '../metrics/gateway-meters.ts';
import { chooseExecution } from './choose-execution.ts';
import type { ExecutionName } from './execution.ts';

const lines: string[] = [];
const logger = createLogger({ service: 'gateway', destination: { write: (line) => void lines.push(line) } });

/** The execution that is chosen, and its lines in the log. */
function chosen(wanted: ExecutionName): { name: string; log: unknown[] } {
  lines.length = 0;
  const { name } = chooseExecution(wanted, {
    graph: 'staff',
    gateway: new ApolloGateway(),
    plans: { peek: () => undefined },
    meters: createGatewayMeters(createMetrics('gateway')),
    logger,
  });
  return { name, log: lines.map((line) => JSON.parse(line) as unknown) };
}

const line = (level: number, msg: string): unknown =>
  expect.objectContaining({ level, graph: 'staff', msg: expect.stringMatching(msg) as unknown }) as unknown;

it('is chosen by the setting, and one line of the log says which one runs and why', () => {
  const off = 'run in the library: EXECUTION is library';
  expect(chosen('library')).toEqual({ name: 'library', log: [line(30, off)] });
  expect(chosen('compiled')).toEqual({ name: 'compiled', log: [line(30, 'run compiled: .* are 2.14.4')] });
});

it('is the library, with a warning that says why, where the process may not compile code', () => {
  const program = `
    import '${join(import.meta.dirname, '../telemetry-off.ts')}';
    import { chooseExecution } from '${join(import.meta.dirname, 'choose-execution.ts')}';
    const log = [];
    const logger = { warn: (about, message) => log.push({ ...about, message }) };
    const { name } = chooseExecution('compiled', { graph: 'staff', logger });
    process.stdout.write(JSON.stringify({ name, log }));`;
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', program];
  expect(JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' }))).toEqual({
    name: 'library',
    log: [
      { graph: 'staff', message: expect.stringMatching(/^operations run in the library: .*code/) as unknown },
    ],
  });
});
