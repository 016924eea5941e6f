import { clientsConfig } from '@throughline/clients';
import { gatewayConfig } from '@throughline/gateway';
import { notificationsConfig } from '@throughline/notifications';
import { provisionConfig } from '@throughline/postgres';
import { referralsConfig } from '@throughline/referrals';
import { passwordSettingOf, readConfig } from '@throughline/runtime';
import { treatmentConfig } from '@throughline/treatment';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import type { z } from 'zod';
import { hasHelm, lint, rendered, values, type Container, type KubernetesObject } from './chart.ts';
import { newSecrets } from './secrets.ts';
import { scalingRules } from './watching.ts';

const schemas: Record<string, z.ZodObject> = {
  clients: clientsConfig,
  treatment: treatmentConfig,
  referrals: referralsConfig,
  notifications: notificationsConfig,
  gateway: gatewayConfig,
  migration: provisionConfig,
};
const services = ['clients', 'treatment', 'referrals', 'notifications'];

/** What the Secrets hold, as values.yaml tells it. */
const secret = newSecrets();
const held: Record<string, string[]> = {
  services: ['CURSOR_SECRETS', 'VIEWER_PUBLIC_KEYS'],
  clients: ['DATABASE_URL', 'RELEASE_BASIS_PUBLIC_KEYS'],
  treatment: ['DATABASE_URL', 'COUNSELING_DATABASE_URL', 'COUNSELING_NOTE_KEYS', 'DOCUMENT_KEYS'],
  referrals: ['DATABASE_URL', 'RELEASE_BASIS_PRIVATE_KEY', 'WEBHOOK_SECRET_KEYS'],
  notifications: ['DATABASE_URL'],
  gateway: ['VIEWER_PRIVATE_KEY'],
  migration: [
    ...['POSTGRES_ADMIN_URL', 'POSTGRES_OWNER_PASSWORD', 'POSTGRES_APP_PASSWORD'],
    'POSTGRES_COUNSELING_PASSWORD',
  ],
};
const secrets: Record<string, string> = {
  ...secret,
  DATABASE_URL: 'postgres://app:of-my-own@db.example.org:5432/throughline?sslmode=verify-full',
  COUNSELING_DATABASE_URL:
    'postgres://counseling:of-my-own@db.example.org:5432/throughline?sslmode=verify-full',
  POSTGRES_ADMIN_URL: 'postgres://admin:of-my-own@db.example.org:5432/postgres',
};

/** Settings that an operator has to give. */
const own = {
  'settings.services.KAFKA_BROKERS': 'kafka.example.org:9093',
  'settings.gateway.KAFKA_BROKERS': 'kafka.example.org:9093',
  'settings.gateway.OIDC_ISSUER': 'https://id.example.org',
  'settings.clients.PROGRAM_ID': '0199a7f0-0000-7000-8000-000000000009',
};

const kinds = {
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
};

const known = (program: string) =>
  Object.entries(schemas[program]?.shape ?? {}).flatMap(([name, setting]) => [
    name,
    passwordSettingOf(name, setting as z.ZodType) ?? name,
  ]);

describe('values.yaml', () => {
  it('has the five programs, and a Secret for each of them', () => {
    expect(Object.keys(values().programs).sort()).toEqual([...services, 'gateway'].sort());
    expect(Object.keys(values().secrets).sort()).toEqual(Object.keys(held).sort());
  });

  it.each(Object.keys(schemas))('sets for %s only settings that it knows', (program) => {
    const { settings } = values();
    const ofServices = services.includes(program) ? settings.services : {};
    const set = { ...settings.all, ...ofServices, ...settings[program] };
    const unknown = Object.keys(set).filter((name) => !['NODE_ENV', ...known(program)].includes(name));
    // The migration takes only the environment of `all`.
    expect(program === 'migration' ? [] : unknown).toEqual([]);
  });

  it('holds no secret', () => {
    const set = Object.values(values().settings).flatMap((group) => Object.keys(group));
    expect(set.filter((name) => name in secrets)).toEqual([]);
  });
});

function containerOf(objects: readonly KubernetesObject[], program: string): Container {
  const name = `throughline-${program}`;
  const owner = objects.find(
    ({ kind, metadata }) => ['Deployment', 'Job'].includes(kind) && metadata.name === name,
  );
  const { template } = owner?.spec as { template: { spec: { containers: [Container] } } };
  return template.spec.containers[0];
}

function environmentOf({ env, envFrom }: Container): Record<string, string> {
  const names = values().secrets;
  const given = envFrom.flatMap(({ secretRef: { name } }) =>
    Object.entries(names).flatMap(([group, secretName]) => (secretName === name ? (held[group] ?? []) : [])),
  );
  return {
    ...Object.fromEntries(given.map((name) => [name, secrets[name] ?? ''])),
    ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
  };
}

if (hasHelm) {
  describe('the chart', () => {
    const objects = rendered(own);

    it('passes helm lint', () => {
      expect(lint()).toContain('0 chart(s) failed');
    });

    it.each([
      ['as it is', own],
      [
        'with everything switched on',
        {
          ...own,
          'ingress.enabled': true,
          'ingress.staffHost': 'care.example.org',
          'ingress.partnerHost': 'partners.example.org',
          'ingress.tlsSecret': 'certificate',
          'networkPolicies.monitoring': [{ namespaceSelector: {} }],
          'networkPolicies.callers': [{ namespaceSelector: {} }],
          'consumerLag.enabled': true,
        },
      ],
    ])('renders objects that Kubernetes accepts, %s', (_how, set) => {
      for (const object of rendered(set)) {
        const Kind = kinds[object.kind as keyof typeof kinds] as new (data: object) => { validate(): void };
        expect(() => {
          new Kind(object).validate();
        }).not.toThrow();
      }
    });

    it.each(Object.keys(schemas))('starts %s for production with the Secrets it names', (program) => {
      const environment = environmentOf(containerOf(objects, program));
      const schema = schemas[program] ?? gatewayConfig;
      expect(() => readConfig(schema, environment)).not.toThrow();
      const strange = Object.keys(environment).filter(
        (name) => !['NODE_ENV', 'PROGRAM', ...known(program)].includes(name),
      );
      expect(strange).toEqual([]);
    });

    it.each(Object.keys(schemas))('confines %s, and says what it needs', (program) => {
      expect(containerOf(objects, program)).toMatchObject({
        securityContext: {
          ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
          capabilities: { drop: ['ALL'] },
        },
        resources: {
          requests: { cpu: expect.any(String) as string },
          limits: { memory: expect.any(String) as string },
        },
      });
    });

    it('lets the gateway call each service, referrals call clients, and nobody else', () => {
      const callers = objects
        .filter(({ kind }) => kind === 'NetworkPolicy')
        .map(({ metadata, spec }) => {
          const { ingress = [] } = spec as { ingress?: { from?: unknown[] }[] };
          const text = JSON.stringify(ingress.flatMap(({ from }) => from ?? ['everybody']));
          return [
            metadata.name,
            [...services, 'gateway', 'everybody'].filter((name) => text.includes(`"${name}"`)),
          ];
        });
      expect(Object.fromEntries(callers)).toEqual({
        'throughline-clients': ['referrals', 'gateway'],
        'throughline-treatment': ['gateway'],
        'throughline-referrals': ['gateway'],
        'throughline-notifications': ['gateway'],
        'throughline-gateway': ['everybody'],
        'throughline-migration': [],
      });
    });

    it('starts more copies of a service for facts that wait, by the metric that the adapter tells', () => {
      const lag = rendered({ ...own, 'consumerLag.enabled': true })
        .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
        .flatMap(({ metadata, spec }) =>
          (spec as { metrics: { type: string; external?: object }[] }).metrics
            .filter(({ type }) => type === 'External')
            .map(({ external }) => [metadata.name, external]),
        );
      const [rule] = scalingRules();
      expect(lag).toEqual(
        services
          .map((service) => [
            `throughline-${service}`,
            {
              metric: { name: rule?.name.as, selector: { matchLabels: { service } } },
              target: { type: 'AverageValue', averageValue: '500' },
            },
          ])
          .sort(),
      );
    });

    it('asks for CPU alone where the cluster tells of no facts that wait', () => {
      const scalers = objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
      expect(JSON.stringify(scalers)).not.toContain('External');
    });

    it('refuses an ingress without TLS, and a setting that is no text', () => {
      const hosts = { 'ingress.staffHost': 'a', 'ingress.partnerHost': 'b' };
      expect(() => rendered({ 'ingress.enabled': true, ...hosts })).toThrow('tlsSecret');
      expect(() => rendered({ 'settings.gateway.SUBGRAPH_TIMEOUT_MS': 5000 })).toThrow('SUBGRAPH_TIMEOUT_MS');
    });
  });
} else {
  it.skip('the chart was not rendered: helm is not here (set HELM, or put it on the PATH)', () => undefined);
}
