import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfigOrExit, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';
import { CannotLoad, loadInstrument } from './assessment/instrument/load-instrument.ts';
import { createDataSource } from './database.ts';

const usage = `Loads screening tools whose terms only you can accept, and wording that does not come with the system.

  npm run instruments:load -- --accepted-by <name> <file.json>...

  <file.json>    a definition (like those in services/treatment/src/assessment/instrument/definitions), or
                 { code, version, language, wording: { items: {"1": "…"}, labels: {"yesNo": {"0": "…"}} } }
  --accepted-by  the person who has read and accepted the terms of the owner for this installation

Exit codes: 0 loaded, 1 a file was refused (nothing of any file is loaded then), 2 the call is wrong.
`;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { 'accepted-by': { type: 'string' }, help: { type: 'boolean', default: false } },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

async function main(): Promise<number> {
  const { positionals: files, values } = readArguments();
  if (values.help || files.length === 0) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const { DATABASE_URL } = readConfigOrExit(
    z.object({ DATABASE_URL: serviceConfig.DATABASE_URL }),
    process.env,
  );
  const dataSource = await createDataSource(DATABASE_URL, 2).initialize();
  try {
    const loading = { acceptedBy: values['accepted-by']?.trim() ?? null, now: new Date() };
    const loaded = await dataSource.transaction(async (tx) => {
      const lines: string[] = [];
      for (const file of files) lines.push(await loadInstrument(tx, read(file), loading));
      return lines;
    });
    for (const line of loaded) process.stdout.write(`loaded ${line}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CannotLoad)) throw error;
    for (const fault of error.faults) process.stderr.write(`${fault}\n`);
    return 1;
  } finally {
    await dataSource.destroy();
  }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CannotLoad([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

process.exitCode = await main();
