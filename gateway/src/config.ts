import {
  databaseUrl,
  httpPort,
  inProduction,
  kafkaSecurityConfig,
  listenHost,
  mustBeHttpsElsewhere,
  mustHaveOwnPassword,
  signingKey,
  webAddress,
} from '@throughline/runtime';
import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

/** Settings of the gateway; both graphs run in this one program. */
export const gatewayConfig = z.object({
  STAFF_PORT: httpPort.default(4000),
  PARTNER_PORT: httpPort.default(4100),
  LISTEN_HOST: listenHost,
  CLIENTS_URL: webAddress.default('http://localhost:4001/graphql'),
  TREATMENT_URL: webAddress.default('http://localhost:4002/graphql'),
  REFERRALS_URL: webAddress.default('http://localhost:4003/graphql'),
  NOTIFICATIONS_URL: webAddress.default('http://localhost:4004/graphql'),
  /** Signs the short-lived viewer token; the services have the public key. */
  VIEWER_PRIVATE_KEY: signingKey,
  /** Other composed files than those that came with the program; a new one is served without a restart. */
  SUPERGRAPH_FILE: z.string().optional(),
  PARTNER_SUPERGRAPH_FILE: z.string().optional(),
  /** How often to look whether they have changed; 0: only on SIGHUP. */
  SUPERGRAPH_WATCH_MS: z.coerce.number().int().min(0).default(5_000),
  /** How long one call to one service may take; after that its part of the answer is null. */
  SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().min(10).max(60_000).default(5_000),
  /** Bytes that one answer of a service may have. */
  SUBGRAPH_MAX_BYTES: z.coerce.number().int().min(1_000).default(16_000_000),
  /** After so many failed calls in a row a service is left alone for a while; then one call tries it. */
  SUBGRAPH_BREAKER_FAILURES: z.coerce.number().int().min(1).default(5),
  SUBGRAPH_BREAKER_OPEN_MS: z.coerce.number().int().min(10).default(1_000),
  /** Equal queries that one person sends at the same time are asked of a service once. */
  SINGLE_FLIGHT: z.enum(['on', 'off']).default('on'),
  /** Any OpenID Connect provider; its keys are found through its discovery document. */
  OIDC_ISSUER: inProduction(webAddress.default('http://localhost:4200'), mustBeHttpsElsewhere),
  /** Where its keys are, when its discovery document cannot be reached from here. */
  OIDC_JWKS_URL: inProduction(webAddress.optional(), mustBeHttpsElsewhere),
  STAFF_AUDIENCE: z.string().default('throughline-staff'),
  PARTNER_AUDIENCE: z.string().default('throughline-partner'),
  OIDC_CLOCK_SKEW_S: z.coerce.number().int().min(0).max(300).default(30),
  OIDC_STAFF_ID_CLAIM: z.string().default('staff_id'),
  OIDC_AGENCY_ID_CLAIM: z.string().default('agency_id'),
  OIDC_ROLES_CLAIM: z.string().default('roles'),
  /** Web origins that may call from a browser, separated by commas; none by default. */
  ALLOWED_ORIGINS: list,
  /** Kafka bootstrap addresses, separated by commas, for subscriptions; none: the graph has no subscriptions. */
  KAFKA_BROKERS: list,
  ...kafkaSecurityConfig,
  KAFKA_TOPIC_PREFIX: z.string().default(''),
  /** Subscriptions that one person may have open in one gateway process. */
  LIVE_MAX_PER_VIEWER: z.coerce.number().int().min(1).max(1000).default(20),
  /** The query page, introspection and the demonstration sign-ins: for development only. */
  QUERY_PAGE: inProduction(z.enum(['on', 'off']).default('off'), (page) =>
    page === 'on' ? 'is for development: with NODE_ENV=production it must be off' : null,
  ),
  /** `library` turns compiled execution off, for a suspected wrong answer; the log says which one runs, and why. */
  EXECUTION: z.enum(['compiled', 'library']).default('compiled'),
  /** From how many bytes on an answer is compressed (gzip) for a caller who takes that; 0: never. */
  COMPRESS_FROM_BYTES: z.coerce.number().int().min(0).default(16_384),
  /** What one operation may cost, by the estimate that `@cost` and `@listSize` of the schema give. */
  COST_BUDGET_STAFF: z.coerce.number().int().min(1).default(20_000),
  COST_BUDGET_PARTNER: z.coerce.number().int().min(1).default(4_000),
  /** What the operations of one person may cost in a minute: in all gateways together, or in each. */
  COST_PER_MINUTE_STAFF: z.coerce.number().int().min(1).default(400_000),
  COST_PER_MINUTE_PARTNER: z.coerce.number().int().min(1).default(40_000),
  /** PostgreSQL database in which all gateways count what a person asks for; unset: each counts for itself. */
  RATE_LIMIT_DATABASE_URL: inProduction(databaseUrl.optional(), (url) =>
    url === undefined ? null : mustHaveOwnPassword(url),
  ),
  /** How long an answer waits for this database before the gateway counts alone. */
  RATE_LIMIT_DATABASE_WAIT_MS: z.coerce.number().int().min(10).max(60_000).default(500),
  /** Entries that a list in arguments or variables may have. */
  MAX_LIST_LENGTH: z.coerce.number().int().min(1).default(200),
  /** Files with the operations that front ends were built with: they are planned at start and asked for by id. */
  OPERATION_MANIFEST: z.string().optional(),
  PARTNER_OPERATION_MANIFEST: z.string().optional(),
  /** `on`: nothing but the operations of the manifests is answered. */
  SAFELIST_ONLY: z.enum(['on', 'off']).default('off'),
  /** A connection on which nothing moves for so long is ended: a caller who does not read must not be waited for. */
  IDLE_CONNECTION_MS: z.coerce.number().int().min(100).default(60_000),
  /** Serves /metrics at a port of its own, which callers of the graphs must not reach; unset: nowhere. */
  METRICS_PORT: httpPort.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Collector for traces, OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
});

export type GatewayConfig = z.output<typeof gatewayConfig>;
