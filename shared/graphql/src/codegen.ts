import type { CodegenConfig } from '@graphql-codegen/cli';

/** Resolver types of one service, from all its SDL. `mappers`: GraphQL type to the domain type its resolvers get. */
export function codegenFor(options: { contextType: string; mappers: Record<string, string> }): CodegenConfig {
  return {
    schema: ['../../shared/graphql/src/*.graphql', 'src/**/*.graphql'],
    generates: {
      'src/generated/graphql.ts': {
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          federation: true,
          contextType: options.contextType,
          mappers: options.mappers,
          useTypeImports: true,
          enumsAsTypes: true,
          scalars: {
            DateTime: { input: 'Date', output: 'Date' },
            Date: 'string',
            Email: 'string',
            Phone: 'string',
            LanguageCode: 'string',
            Cursor: 'string',
          },
          avoidOptionals: { field: true, inputValue: false, defaultValue: true },
          inputMaybeValue: 'T | null | undefined',
          emitLegacyCommonJSImports: false,
          importExtension: '.ts',
        },
      },
    },
  };
}
