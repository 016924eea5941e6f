import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isDay } from '@throughline/privacy';
import { readConfigOrExit, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';
import { loadCodeList, type CodeListFile } from './assessment/diagnosis-code/load-code-list.ts';
import { CannotLoad } from './assessment/instrument/load-instrument.ts';
import { createDataSource } from './database.ts';

const usage = `Loads the ICD-10-CM list of a year: the order file that CMS publishes each summer (icd10cm_order_<year>.txt).

  npm run codes:load -- --year <year> [--release <name>] [--from <day>] [--dry-run] <file.txt>

  --release  name of the list, for example 2027-04 for the update of April; the year when left out
  --from     first day on which its codes are used; October 1 of the year before when left out
  --dry-run  checks the file and loads nothing

Exit codes: 0 loaded (or checked), 1 the file was refused and nothing is loaded, 2 the call is wrong.
`;

/** Nothing of a dry run is kept. */
class DryRun extends Error {}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...{ year: { type: 'string' }, release: { type: 'string' }, from: { type: 'string' } },
        ...{ 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
      },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

async function main(): Promise<number> {
  const { positionals, values } = readArguments();
  const [path] = positionals;
  const year = Number(values.year);
  const validFrom = values.from ?? `${String(year - 1)}-10-01`;
  const isWrong = !path || positionals.length > 1 || !Number.isInteger(year) || !isDay(validFrom);
  if (values.help || isWrong) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const { DATABASE_URL } = readConfigOrExit(
    z.object({ DATABASE_URL: serviceConfig.DATABASE_URL }),
    process.env,
  );
  const dataSource = await createDataSource(DATABASE_URL, 2).initialize();
  let line = '';
  try {
    const file: CodeListFile = {
      ...{ year, release: values.release ?? String(year), validFrom, text: read(path) },
    };
    await dataSource.transaction(async (tx) => {
      line = await loadCodeList(tx, file, { now: new Date() });
      if (values['dry-run']) throw new DryRun();
    });
    process.stdout.write(`loaded ${line}\n`);
    return 0;
  } catch (error) {
    if (error instanceof DryRun) {
      process.stdout.write(`would load ${line}\n`);
      return 0;
    }
    if (!(error instanceof CannotLoad)) throw error;
    for (const fault of error.faults) process.stderr.write(`${fault}\n`);
    return 1;
  } finally {
    await dataSource.destroy();
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotLoad([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

process.exitCode = await main();
