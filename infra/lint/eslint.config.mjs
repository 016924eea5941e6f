import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// By property, by index, and taken out of the object first. Tested in shared/messaging/src/kafka/forbidden-calls.test.ts.
const forbiddenConsumerCalls = ['property.name', 'property.value', 'name'].map((place) => ({
  selector: `CallExpression[callee.${place}=/^(commitOffsets|sendOffsets)$/]`,
  message:
    'Committing offsets inside a handler kills the consumer for ever on a rebalance; resolve them after the database commit instead',
}));

/** A day is a day somewhere: the first ten characters of a UTC time are yesterday or tomorrow for many people. */
const days =
  'What day it is depends on the time zone: use dayIn, today, addDays or startOfDay of @throughline/privacy.';
const daysWithoutZone = [
  "CallExpression[callee.property.name=/^(slice|substring|substr|split)$/][callee.object.callee.property.name='toISOString']",
  'CallExpression[callee.property.name=/^get(UTC)?(FullYear|Month|Date|Day)$/]',
  'CallExpression[callee.property.name=/^to(Locale)?DateString$/]',
  'TemplateElement[value.raw=/^T00:00/]',
].map((selector) => ({ selector, message: days }));

// A session without limits waits for ever. Tested in shared/service/src/session-limits.test.ts.
const sessionsWithoutLimits = [
  'NewExpression[callee.object.name="pg"][callee.property.name=/^(Client|Pool)$/]',
  'NewExpression[callee.name="DataSource"]',
].map((opened) => ({
  selector: `${opened}:not(:has(CallExpression[callee.name="pgTimeouts"]))`,
  message:
    'Give each database session its time-outs: pgTimeouts(usualTimeouts) or pgTimeouts(longWorkTimeouts)',
}));

// A reference to a row takes a lock that "for update" refuses: two rows that refer to each other then wait for ever.
const locksAgainstReferences = [
  'Literal[value="pessimistic_write"]',
  'TemplateElement[value.raw=/for update/]',
  'Literal[value=/for update/]',
].map((selector) => ({ selector, message: "Lock rows with 'for_no_key_update' (for no key update)." }));

// Tested in shared/command/src/command-lint.test.ts.
const onlyInCommands = [
  {
    selector:
      'CallExpression[callee.property.name="transaction"]:matches([callee.object.name="db"], [callee.object.property.name="db"])',
    message: 'Write through command() of @throughline/command: it owns transaction, lock, receipt and facts.',
  },
  {
    selector: 'CallExpression[callee.name="once"]',
    message: 'command() of @throughline/command answers a repeated key.',
  },
];
const outOfReachInRules = {
  selector:
    'CallExpression[callee.name="command"] MemberExpression[object.name="context"][property.name=/^(db|loaders|care)$/]',
  message: 'A rule has tx and care among its tools; a loader or the pool would ask for a second connection.',
};

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/generated/**', '**/.data/**', '**/.turbo/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-params': ['error', { max: 4 }],
      'no-restricted-syntax': ['error', ...forbiddenConsumerCalls, ...daysWithoutZone],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      // crashes on object type literals under eslint 9.39.0
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['services/*/src/**/*.ts', 'gateway/src/**/*.ts', 'shared/*/src/**/*.ts'],
    ignores: ['shared/testing/**', 'shared/messaging/src/contract/**', '**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...forbiddenConsumerCalls,
        ...daysWithoutZone,
        ...sessionsWithoutLimits,
        ...locksAgainstReferences,
      ],
    },
  },
  {
    files: ['services/*/src/**/*.ts', 'shared/service/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...forbiddenConsumerCalls,
        ...daysWithoutZone,
        ...sessionsWithoutLimits,
        ...locksAgainstReferences,
        ...onlyInCommands,
        outOfReachInRules,
      ],
    },
  },
  {
    // What is no command: imports in pieces, reads that need one snapshot or write a line of the ledger, attempts of deliveries and what a provider reports of them.
    files: [
      'services/clients/src/demonstration.ts',
      'services/referrals/src/demonstration.ts',
      'services/referrals/src/directory/directory-import/*.ts',
      'services/referrals/src/partner/partner/partner-view.ts',
      'services/referrals/src/delivery/webhook/deliver-webhooks.ts',
      'services/notifications/src/channel/provider/provider-server.ts',
      'services/clients/src/consent/consent/release-basis.ts',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...forbiddenConsumerCalls,
        ...daysWithoutZone,
        ...sessionsWithoutLimits,
        ...locksAgainstReferences,
        outOfReachInRules,
      ],
    },
  },
  {
    // No row refers to the rows that these functions lock, and a migration stays as it was.
    files: ['shared/messaging/src/migrations/0003-receive-facts.ts'],
    rules: { 'no-restricted-syntax': ['error', ...forbiddenConsumerCalls, ...daysWithoutZone] },
  },
  {
    files: ['shared/privacy/src/day.ts'],
    rules: { 'no-restricted-syntax': ['error', ...forbiddenConsumerCalls] },
  },
  {
    files: ['**/*.entity.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    files: ['services/*/src/**/*.ts', 'gateway/src/**/*.ts', 'shared/*/src/**/*.ts'],
    ignores: [
      '**/main.ts',
      '**/migrate.ts',
      '**/compose.ts',
      '**/import.ts',
      '**/load-instruments.ts',
      '**/load-codes.ts',
      '**/rotate-webhook-secrets.ts',
      '**/rotate-counseling-notes.ts',
      'shared/testing/**',
      '**/*.test.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only main.ts reads the environment; take it as config.',
        },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        URL: 'readonly',
        fetch: 'readonly',
        document: 'readonly',
        window: 'readonly',
        localStorage: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
