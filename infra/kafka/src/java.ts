import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NotAvailable } from './not-available.ts';

const OLDEST = 17;
const REMEDY = `install Java ${OLDEST} or newer or a container engine, or set KAFKA_BROKERS`;

/** The java program to run Kafka with. */
export async function findJava(): Promise<string> {
  const home = process.env.JAVA_HOME;
  const java = home ? join(home, 'bin/java') : 'java';
  const version = await versionOf(java);
  if (version === undefined) throw new NotAvailable(`Kafka needs Java and none is installed: ${REMEDY}`);
  if (version < OLDEST) throw new NotAvailable(`Kafka needs a newer Java than ${version}: ${REMEDY}`);
  return java;
}

async function versionOf(java: string): Promise<number | undefined> {
  try {
    const { stderr, stdout } = await promisify(execFile)(java, ['-version']);
    const version = /version "(?:1\.)?(\d+)/.exec(stderr + stdout)?.[1];
    return version === undefined ? undefined : Number(version);
  } catch {
    return undefined;
  }
}
