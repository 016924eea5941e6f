import { randomUUID } from 'node:crypto';
import type { Transport } from '@throughline/messaging';
import {
  Closers,
  createLogger,
  createMetrics,
  DRAIN_MS,
  watchReadiness,
  type Logger,
  type Running,
} from '@throughline/runtime';
import { authenticator } from './authenticate.ts';
import type { GatewayConfig } from './config.ts';
import { startGraph, type GraphOptions, type RunningGraph } from './graph.ts';
import { LiveHub } from './live/live-hub.ts';
import { createGatewayMeters, type GatewayMeters } from './metrics/gateway-meters.ts';
import { serveMetrics } from './metrics/serve-metrics.ts';
import { readManifest } from './operations/manifest.ts';
import { passDocuments } from './pass-document.ts';
import { queryPage } from './query-page.ts';
import { readiness } from './readiness.ts';
import { ownAllowances, sharedAllowances, type Allowances } from './safety/allowance.ts';
import { SubgraphSource } from './subgraph/subgraph-source.ts';
import { subgraphs } from './subgraphs.ts';
import { composedFile, type GraphName } from './supergraph/composed.ts';
import { SupergraphFile } from './supergraph/supergraph-file.ts';

export interface RunningGateway extends Running {
  staffUrl: string;
  partnerUrl: string;
  /** Null: metrics are served nowhere. */
  metricsUrl: string | null;
  /** Serves what the files of the supergraphs hold now. */
  reload(): Promise<void>;
}

export interface GatewayParts {
  logger?: Logger;
  /** How facts get here, for subscriptions; without it there are none. */
  transport?: Transport;
}

/** Starts the staff graph and the partner graph: one program, two ports, two audiences, two schemas. */
export async function startGateway(
  config: GatewayConfig,
  { logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL }), transport }: GatewayParts = {},
): Promise<RunningGateway> {
  const closers = new Closers();
  const metrics = createMetrics('gateway', { processMetrics: true });
  const meters = createGatewayMeters(metrics);
  const sources = new Map<string, SubgraphSource>(
    subgraphs.map(({ name, urlSetting }) => [name, sourceOf(name, config[urlSetting], { config, meters })]),
  );
  for (const [name, source] of sources) closers.add(`connections to ${name}`, () => source.close());

  const limitsUrl = config.RATE_LIMIT_DATABASE_URL;
  const allowances = limitsUrl
    ? sharedAllowances(limitsUrl, { logger, waitMs: config.RATE_LIMIT_DATABASE_WAIT_MS })
    : ownAllowances();
  closers.add('rate limits', () => allowances.close());

  const hub = transport ? new LiveHub({ transport, instance: randomUUID(), logger }) : null;
  if (hub) closers.add('live events', () => hub.close());

  const reloads: (() => Promise<void>)[] = [];
  const drains: (() => Promise<void>)[] = [];
  const ready = readiness({ sources, hub, ...(limitsUrl && { allowances }) });
  watchReadiness(metrics, ready);
  const start = async (name: GraphName): Promise<RunningGraph> => {
    // Partner agencies have webhooks and a feed to catch up from.
    const live = hub && name === 'staff' ? { hub, mostPerViewer: config.LIVE_MAX_PER_VIEWER } : null;
    const file = supergraphFile(name, config, logger);
    closers.add(`${name} supergraph`, () => file.close());
    const graph = await startGraph({
      name,
      supergraphSdl: file.served,
      ...settingsOf(name, config, allowances),
      sourceOf: known(sources),
      live,
      document: name === 'staff' ? passDocuments(config.TREATMENT_URL, logger) : null,
      meters,
      ready,
      logger,
    });
    closers.add(`${name} graph`, () => graph.close());
    file.follow(graph.serve);
    reloads.push(() => file.take(graph.serve));
    drains.push(() => graph.drain(DRAIN_MS));
    return graph;
  };
  try {
    await hub?.start();
    const served =
      config.METRICS_PORT === undefined
        ? null
        : await serveMetrics({ port: config.METRICS_PORT, host: config.LISTEN_HOST }, { metrics, ready });
    if (served) closers.add('metrics', () => served.close());
    const staff = await start('staff');
    const partner = await start('partner');
    return {
      name: 'gateway',
      url: staff.url,
      staffUrl: staff.url,
      partnerUrl: partner.url,
      metricsUrl: served?.url ?? null,
      reload: async () => {
        for (const reload of reloads) await reload();
      },
      drain: async () => {
        hub?.farewell();
        await Promise.all(drains.map((drain) => drain()));
      },
      close: async () => {
        hub?.farewell();
        await closers.close(logger);
      },
    };
  } catch (error) {
    await closers.close(logger);
    throw error;
  }
}

function sourceOf(
  name: string,
  url: string,
  { config, meters }: { config: GatewayConfig; meters: GatewayMeters },
): SubgraphSource {
  const source: SubgraphSource = new SubgraphSource({
    name,
    url,
    viewerKey: config.VIEWER_PRIVATE_KEY,
    timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    mostBytes: config.SUBGRAPH_MAX_BYTES,
    breaker: { failures: config.SUBGRAPH_BREAKER_FAILURES, openMs: config.SUBGRAPH_BREAKER_OPEN_MS },
    singleFlight: config.SINGLE_FLIGHT === 'on',
    watch: meters.subgraph(name, () => source.state),
  });
  return source;
}

function settingsOf(name: GraphName, config: GatewayConfig, allowances: Allowances) {
  const staff = name === 'staff';
  const perMinute = staff ? config.COST_PER_MINUTE_STAFF : config.COST_PER_MINUTE_PARTNER;
  return {
    port: staff ? config.STAFF_PORT : config.PARTNER_PORT,
    host: config.LISTEN_HOST,
    authenticate: authenticator({
      graph: staff ? 'STAFF' : 'PARTNER',
      audience: staff ? config.STAFF_AUDIENCE : config.PARTNER_AUDIENCE,
      config,
    }),
    allowedOrigins: config.ALLOWED_ORIGINS,
    idleMs: config.IDLE_CONNECTION_MS,
    page: config.QUERY_PAGE === 'on' ? queryPage({ graph: name, signInUrl: config.OIDC_ISSUER }) : null,
    execution: config.EXECUTION,
    compressFromBytes: config.COMPRESS_FROM_BYTES,
    demand: {
      perOperation: staff ? config.COST_BUDGET_STAFF : config.COST_BUDGET_PARTNER,
      allowance: allowances.of(name, perMinute),
      longestList: config.MAX_LIST_LENGTH,
    },
    operations: listedOf(staff ? config.OPERATION_MANIFEST : config.PARTNER_OPERATION_MANIFEST, config),
  };
}

function listedOf(file: string | undefined, { SAFELIST_ONLY }: GatewayConfig): GraphOptions['operations'] {
  return { listed: file ? readManifest(file) : [], listedOnly: SAFELIST_ONLY === 'on' };
}

function supergraphFile(graph: GraphName, config: GatewayConfig, logger: Logger): SupergraphFile {
  const given = graph === 'staff' ? config.SUPERGRAPH_FILE : config.PARTNER_SUPERGRAPH_FILE;
  const path = given ?? composedFile(graph);
  return new SupergraphFile({ path, watchMs: config.SUPERGRAPH_WATCH_MS, graph, logger });
}

function known(sources: Map<string, SubgraphSource>): (name: string) => SubgraphSource {
  return (name) => {
    const source = sources.get(name);
    if (!source) throw new Error(`The supergraph names a service that has no address: ${name}`);
    return source;
  };
}
