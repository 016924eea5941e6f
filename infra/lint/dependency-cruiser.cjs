/** The rules of who may import whom; see README "Where things live". */
const services = 'services/(clients|treatment|referrals|notifications)';

/** The areas of each service; an area imports nothing of an area to its right. */
const areas = {
  clients: ['workforce', 'people', 'consent', 'access', 'intake', 'casework'],
  treatment: ['assessment', 'crisis', 'planning', 'work', 'episode', 'aftercare', 'timeline', 'measure'],
  referrals: ['directory', 'referral', 'partner', 'delivery'],
  notifications: ['inbox', 'catalogue', 'channel', 'duty', 'digest', 'gratitude'],
};

const areaRules = Object.entries(areas).flatMap(([service, names]) =>
  names.slice(0, -1).map((area, place) => ({
    name: `area-${service}-${area}`,
    comment: `${area} imports nothing of an area to its right.`,
    severity: 'error',
    from: { path: `^services/${service}/src/${area}/` },
    to: { path: `^services/${service}/src/(${names.slice(place + 1).join('|')})/` },
  })),
);

module.exports = {
  forbidden: [
    ...areaRules,
    {
      name: 'services-share-only-shared',
      comment: 'Services meet through shared/*, facts and GraphQL keys, never through imports.',
      severity: 'error',
      from: { path: `^${services}/` },
      to: { path: `^(${services}|gateway|infra)/`, pathNot: '^services/$1/' },
    },
    {
      name: 'gateway-imports-no-service',
      comment:
        'Arrows run infra → gateway → services → shared. Stories of the whole system are in infra/e2e.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^(services|infra)/' },
    },
    {
      name: 'graph-client-stands-alone',
      comment: 'It runs in browsers, away from this repository.',
      severity: 'error',
      from: { path: '^gateway/client/src/', pathNot: '[.]test[.]ts$' },
      to: {
        pathNot: '^gateway/client/src/|graphql-sse|@graphql-typed-document-node/core',
      },
    },
    {
      name: 'gateway-does-not-import-its-client',
      comment: 'The client is generated from the contract of the gateway.',
      severity: 'error',
      from: { path: '^gateway/(src|mock|equivalence)/' },
      to: { path: '^gateway/client/' },
    },
    {
      name: 'shared-imports-no-service',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/testing/' },
      to: { path: '^(services|gateway|infra)/' },
    },
    {
      name: 'only-local-starts-services',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/(local|load|e2e)/' },
      to: { path: '^(services|gateway)/' },
    },
    {
      name: 'events-import-only-zod',
      severity: 'error',
      from: { path: '^shared/events/src/', pathNot: '[.]test[.]ts$|/generate' },
      to: { pathNot: '^(shared/events/|node_modules/zod/|crypto$)' },
    },
    {
      name: 'privacy-imports-nothing',
      severity: 'error',
      from: { path: '^shared/privacy/src/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '^shared/privacy/' },
    },
    {
      name: 'domain-is-pure',
      comment: '<x>/<x>.ts knows rules only: no database, no graph, no broker.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/[^/]+/([^/]+)/\\1[.]ts$' },
      to: {
        path: 'node_modules/(typeorm|graphql|kafkajs|dataloader|pg|@apollo)/|shared/(messaging|graphql|runtime|command)/',
        // Problems, and what can be said of a text, are values without a graph.
        pathNot: 'shared/graphql/src/(problems|text)[.]ts$|shared/command/src/decision[.]ts$',
      },
    },
    {
      name: 'kafkajs-in-one-place',
      severity: 'error',
      from: { path: '^(services|gateway|shared)/', pathNot: '^shared/(messaging|testing)/' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'resolvers-write-through-commands',
      severity: 'error',
      from: { path: '[.]resolvers[.]ts$' },
      to: { path: 'shared/messaging/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unlisted-packages',
      severity: 'error',
      from: { pathNot: '[.]test[.]ts$|jest[.]config|codegen[.]ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/generated/|\\.data/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
