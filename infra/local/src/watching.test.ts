import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { alerts, asked, dashboards, metricsOf, scalingRules, watched } from './watching.ts';

const promtool = process.env.PROMTOOL ?? 'promtool';
const hasPromtool = spawnSync(promtool, ['--version']).status === 0;
const folder = join(import.meta.dirname, '../../docker');

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(promtool, args, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? 'ok' : `${stdout}${stderr}`;
}

describe('what people watch', () => {
  it('has one dashboard for each question', () => {
    expect(dashboards().map(([file, { uid, title }]) => [file, uid, title.endsWith('?')])).toEqual(
      ['facts-flow', 'partners-get-theirs', 'people-are-served', 'safety-net-holds'].map((uid) => [
        `${uid}.json`,
        uid,
        true,
      ]),
    );
  });

  it('asks for at least one metric in every expression', () => {
    expect(watched().filter(([, expr]) => metricsOf(expr).length === 0)).toEqual([]);
  });

  it('says with each alert what happened and what to do', () => {
    const mute = alerts().filter(({ annotations }) => !annotations.summary || !annotations.action);
    expect(mute).toEqual([]);
  });

  it.each([
    ['sum by (le, graph) (rate(a_seconds_bucket{x_y="z_z"}[5m]))', ['a_seconds']],
    ['histogram_quantile(0.95, a_b) / c_d_total > 2', ['a_b', 'c_d_total']],
    ['up{job="x"} == 0', ['up']],
  ])('reads the metrics of %s', (expr, metrics) => {
    expect(metricsOf(expr)).toEqual(metrics);
  });
});

if (hasPromtool) {
  describe('promtool', () => {
    it('accepts the alerts', () => {
      expect(run('check', 'rules', 'alerts.yml')).toBe('ok');
    });
    it('finds that they fire when they should, and not otherwise', () => {
      expect(run('test', 'rules', 'alerts.test.yml')).toBe('ok');
    });
    it('can read what the adapter asks for autoscaling', () => {
      for (const rule of scalingRules())
        expect(run('promql', 'format', asked(rule), '--experimental')).toBe('ok');
    });
    it('can read every expression of the dashboards', () => {
      const broken = dashboards().flatMap(([, { panels }]) =>
        panels
          .flatMap(({ targets }) => targets)
          .filter(({ expr }) => run('promql', 'format', expr, '--experimental') !== 'ok'),
      );
      expect(broken).toEqual([]);
    });
  });
} else {
  it.skip('the alerts were not tried out: promtool is not here (set PROMTOOL, or put it on the PATH)', () =>
    undefined);
}
