import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../docker');

export interface Alert {
  alert: string;
  expr: string;
  annotations: { summary?: string; action?: string };
}

export interface Dashboard {
  uid: string;
  title: string;
  description: string;
  panels: { title: string; targets: { expr: string }[] }[];
}

/** The rules of infra/docker/alerts.yml. */
export function alerts(): Alert[] {
  const { groups } = parse(readFileSync(join(root, 'alerts.yml'), 'utf8')) as {
    groups: { rules: Alert[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

/** The dashboards of infra/docker/dashboards, by file. */
export function dashboards(): [string, Dashboard][] {
  const folder = join(root, 'dashboards');
  return readdirSync(folder).map((file) => [
    file,
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard,
  ]);
}

interface ScalingRule {
  seriesQuery: string;
  metricsQuery: string;
  name: { as: string };
}

/** The rules by which the Prometheus adapter tells Kubernetes of facts that wait. */
export function scalingRules(): ScalingRule[] {
  const file = join(root, '../helm/prometheus-adapter.yaml');
  return (parse(readFileSync(file, 'utf8')) as { rules: { external: ScalingRule[] } }).rules.external;
}

/** A rule as the adapter asks Prometheus. */
export function asked({ seriesQuery, metricsQuery }: ScalingRule): string {
  const [series = ''] = seriesQuery.split('{');
  return metricsQuery.replace('<<.Series>>', series).replace('<<.LabelMatchers>>', 'service="clients"');
}

/** Every expression that a person is shown or woken by, or that starts copies, with its place. */
export function watched(): [place: string, expr: string][] {
  return [
    ...scalingRules().map((rule): [string, string] => [rule.name.as, asked(rule)]),
    ...alerts().map(({ alert, expr }): [string, string] => [alert, expr]),
    ...dashboards().flatMap(([file, { panels }]) =>
      panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }): [string, string] => [`${file}: ${title}`, expr]),
      ),
    ),
  ];
}

const FUNCTION = 'histogram_quantile';

/** Metrics of an expression: names that are no labels, functions or words of PromQL. A histogram is named without its end. */
export function metricsOf(expr: string): string[] {
  const bare = expr.replace(/\{[^}]*\}|by \([^)]*\)|"[^"]*"/g, '');
  return [...bare.matchAll(/\b(?:up|[a-z0-9]+(?:_[a-z0-9]+)+)\b/g)]
    .map(([name]) => name.replace(/_(bucket|sum|count)$/, ''))
    .filter((name) => name !== FUNCTION);
}
