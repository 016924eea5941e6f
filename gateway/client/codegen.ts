import { createHash } from 'node:crypto';
import type { CodegenConfig } from '@graphql-codegen/cli';

/** The gateway's manifests and `documentId` have the bare digest. */
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function operationsOf(graph: 'staff' | 'partner'): NonNullable<CodegenConfig['generates'][string]> {
  return {
    schema: `../schema/${graph}.graphql`,
    documents: [`../operations/${graph}/**/*.graphql`],
    preset: 'client',
    presetConfig: {
      fragmentMasking: false,
      skipIndexFile: true,
      persistedDocuments: { hashAlgorithm: sha256 },
    },
    config: {
      documentMode: 'string',
      useTypeImports: true,
      emitLegacyCommonJSImports: false,
      importExtension: '.ts',
      enumType: 'string-literal',
      strictScalars: true,
      scalars: {
        ID: 'string',
        DateTime: '../../scalars.ts#DateTime',
        Date: '../../scalars.ts#CalendarDate',
        Cursor: '../../scalars.ts#Cursor',
        Email: '../../scalars.ts#Email',
        Phone: '../../scalars.ts#Phone',
        LanguageCode: 'string',
      },
    },
  };
}

export default {
  generates: {
    'src/generated/staff/': operationsOf('staff'),
    'src/generated/partner/': operationsOf('partner'),
  },
} satisfies CodegenConfig;
