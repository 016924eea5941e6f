import {
  databaseUrl,
  inProduction,
  mustBeHttpsElsewhere,
  programTimeZone,
  secretKeys,
  serviceConfig,
  webAddress,
} from '@throughline/runtime';
import { z } from 'zod';

/** Where the content of documents stands. */
const documents = {
  /** Keys that encrypt the content of documents, in the same form; the links to them are signed with keys derived from these. */
  DOCUMENT_KEYS: secretKeys,
  /** Largest document, in bytes. */
  DOCUMENT_MAX_BYTES: z.coerce.number().int().min(1_000).max(25_000_000).default(20_000_000),
  /** Address of a bucket of an S3-compatible store; left out, content stands in the database. Content stays where it was put. */
  DOCUMENT_STORE_URL: inProduction(webAddress.optional(), mustBeHttpsElsewhere),
  DOCUMENT_STORE_REGION: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .default('us-east-1'),
  /** Account at that store: may put, get and delete objects below documents/. */
  DOCUMENT_STORE_ACCESS_KEY: z.string().min(1).optional(),
  DOCUMENT_STORE_SECRET_KEY: z.string().min(1).optional(),
};

/** Without the rules between settings; the commands read single ones. */
export const treatmentSettings = z.object({
  ...serviceConfig,
  ...programTimeZone,
  PORT: serviceConfig.PORT.default(4002),
  /** The same database with the role treatment_counseling, which enters the schema of counseling notes and nothing else. */
  COUNSELING_DATABASE_URL: databaseUrl,
  /** Keys that encrypt the texts of counseling notes: name:base64 of 32 bytes, by comma. The first encrypts, the others open. */
  COUNSELING_NOTE_KEYS: secretKeys,
  /** Connections for figures, apart from those of all other work. */
  MEASURES_POOL_SIZE: z.coerce.number().int().min(1).max(20).default(2),
  /** The server ends the counting of a figure that takes longer. */
  MEASURES_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(20_000),
  ...documents,
});

export const treatmentConfig = treatmentSettings.refine(
  ({ DOCUMENT_STORE_URL: url, DOCUMENT_STORE_ACCESS_KEY: account, DOCUMENT_STORE_SECRET_KEY: secret }) =>
    url === undefined || (account !== undefined && secret !== undefined),
  {
    path: ['DOCUMENT_STORE_URL'],
    error: 'needs DOCUMENT_STORE_ACCESS_KEY and DOCUMENT_STORE_SECRET_KEY',
  },
);

export type TreatmentConfig = z.output<typeof treatmentConfig>;
