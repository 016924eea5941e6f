import * as clients from '@throughline/clients';
import {
  rebuild,
  type Progress,
  type OpenSource,
  type Projection,
  type RebuildOptions,
  type Rebuilt,
} from '@throughline/messaging';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import * as treatment from '@throughline/treatment';
import type { ServiceName } from './infrastructure.ts';

type Kept = Readonly<
  Record<
    ServiceName,
    { projections: readonly Projection[]; createDataSource: RebuildOptions['createDataSource'] }
  >
>;

/** Who keeps which copies. Some count by days of the program. */
export const projectionsIn = (timeZone: string): Kept => ({
  clients,
  treatment: { projections: treatment.projectionsIn(timeZone), createDataSource: treatment.createDataSource },
  referrals,
  notifications,
});

/** In the time zone that the services take when none is set. */
export const projectionsOf = projectionsIn('America/New_York');

export interface RebuildRequest {
  service: string;
  projection: string;
  /** 'archive' when left out. */
  from?: string | undefined;
  dryRun?: boolean | undefined;
  acceptGaps?: boolean | undefined;
}

/** The part of the world that a rebuild needs. */
export interface RebuildWorld {
  ownerUrlOf: (service: ServiceName) => string;
  sources: Readonly<Record<string, () => OpenSource>>;
  signal: AbortSignal;
  say: (line: string) => void;
  /** Of the program, as the service has it. */
  timeZone: string;
}

export const WRONG_USE = 64;

/** Answers the exit code: 0, 1 when nothing was changed though it should have been, 64 when it was not understood. */
export async function runRebuild(request: RebuildRequest, world: RebuildWorld): Promise<number> {
  const { service, dryRun = false, acceptGaps = false, from = 'archive' } = request;
  const found = findProjection(request, world.timeZone);
  const source = world.sources[from];
  if (!found || !source) {
    world.say(usage());
    return WRONG_USE;
  }
  if (acceptGaps && found.projection.concern === 'access') {
    world.say(
      `Who may see or receive what is decided by ${found.projection.name}: gaps in it cannot be accepted.`,
    );
    return WRONG_USE;
  }
  const beganAt = performance.now();
  const rebuilt = await rebuild({
    service,
    ...found,
    ownerUrl: world.ownerUrlOf(service as ServiceName),
    source: source(),
    dryRun,
    acceptGaps,
    signal: world.signal,
    onProgress: everySecond((progress) => {
      world.say(progressLine(progress, performance.now() - beganAt));
    }),
  });
  world.say(closingLines(rebuilt, { from, ms: performance.now() - beganAt }).join('\n'));
  return rebuilt.outcome === 'GAPS' ? 1 : 0;
}

function findProjection({ service, projection: name }: RebuildRequest, timeZone: string) {
  const kept = projectionsIn(timeZone);
  if (!Object.hasOwn(kept, service)) return null;
  const { projections, createDataSource } = kept[service as ServiceName];
  const projection = projections.find((one) => one.name === name);
  return projection ? { projection, createDataSource } : null;
}

export function usage(): string {
  const known = Object.entries(projectionsOf).map(
    ([service, { projections }]) =>
      `  ${service.padEnd(14)} ${projections.map(({ name }) => name).join(', ') || '(keeps no copies)'}`,
  );
  return [
    'npm run projections:rebuild -- <service> <projection> [--from archive|topics] [--dry-run] [--accept-gaps]',
    ...known,
  ].join('\n');
}

/** One line of progress; what is left is estimated from the speed so far. */
export function progressLine({ read, facts, total }: Progress, elapsedMs: number): string {
  if (facts === 0) return `  ${read} facts read`;
  const perSecond = (facts / elapsedMs) * 1000;
  const left = Math.ceil(Math.max(total - facts, 0) / perSecond);
  const percent = Math.floor((100 * facts) / Math.max(total, facts));
  return `  ${facts} of ${Math.max(total, facts)} facts (${percent} %), ${Math.round(perSecond)} a second, ${left} s left`;
}

export function closingLines(rebuilt: Rebuilt, { from, ms }: { from: string; ms: number }): string[] {
  const { outcome, facts, skipped, missing, keysWithGaps, heldUpMs, tables } = rebuilt;
  const ends = {
    TAKEN_OVER: 'The service uses the rebuilt tables from now on.',
    COMPARED: 'This was a dry run: nothing was changed.',
    GAPS: 'Nothing was changed: facts are missing. Use the other source; --accept-gaps removes what followed from them.',
  };
  return [
    ...tables.map(
      ({ table, before, after, added, changed, removed }) =>
        `  ${table}: ${before} rows before, ${after} after; ${added} added, ${changed} changed, ${removed} removed`,
    ),
    ...(skipped > 0 ? [`  ${skipped} facts passed by: parked or given up, see npm run parked`] : []),
    ...(missing > 0 ? [`  ${missing} facts of ${keysWithGaps} keys are no longer in the ${from}`] : []),
    `${facts} facts from the ${from} in ${(ms / 1000).toFixed(1)} s; new facts waited ${(heldUpMs / 1000).toFixed(2)} s. ${ends[outcome]}`,
  ];
}

function everySecond(tell: (progress: Progress) => void): (progress: Progress) => void {
  let toldAt = performance.now();
  return (progress) => {
    if (performance.now() - toldAt < 1000) return;
    toldAt = performance.now();
    tell(progress);
  };
}
