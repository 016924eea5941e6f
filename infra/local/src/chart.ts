import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const chart = join(import.meta.dirname, '../../helm/throughline');
const helm = process.env.HELM ?? 'helm';

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec?: unknown;
}

export interface Container {
  env: { name: string; value: string }[];
  envFrom: { secretRef: { name: string } }[];
  securityContext: unknown;
  resources: { requests?: unknown; limits?: unknown };
}

export interface Values {
  settings: Record<string, Record<string, string>>;
  secrets: Record<string, string>;
  programs: Record<string, unknown>;
}

export const hasHelm = spawnSync(helm, ['version']).status === 0;

export function values(): Values {
  return parse(readFileSync(join(chart, 'values.yaml'), 'utf8'), { merge: true }) as Values;
}

/** What `helm template` makes of the chart; throws with its words when it refuses. */
export function rendered(set: Readonly<Record<string, unknown>> = {}): KubernetesObject[] {
  const given = Object.entries(set).flatMap(([name, value]) => [
    '--set-json',
    `${name}=${JSON.stringify(value)}`,
  ]);
  const text = run('template', 'throughline', chart, '--kube-version', '1.33.0', ...given);
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

export function lint(): string {
  return run('lint', '--strict', '--kube-version', '1.33.0', chart);
}

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(helm, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`helm ${String(args[0])}: ${stdout}${stderr}`);
  return stdout;
}
