import { inProduction, programTimeZone, publicKeys, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';

const inventedProgram = '0199a000-0000-7000-8000-000000000001';

export const clientsConfig = z.object({
  ...serviceConfig,
  /** The keys with which the referrals service signs its one call; no key of the gateway is among them. */
  RELEASE_BASIS_PUBLIC_KEYS: publicKeys,
  PORT: serviceConfig.PORT.default(4001),
  /** Our program: the discloser under a consent that names no other. */
  PROGRAM_ID: inProduction(z.uuid().default(inventedProgram), (id) =>
    id === inventedProgram ? "is the invented program of the demonstration: set your own program's id" : null,
  ),
  PROGRAM_NAME: z.string().min(1).max(200).default('Riverbend Recovery'),
  /** Whether the program is federally assisted and holds itself out as giving SUD treatment (42 CFR 2.11). */
  PROGRAM_IS_PART2: z.stringbool().default(true),
  /** Whether it may appear to partners under the neutral name of the network. */
  PROGRAM_CAN_BE_NEUTRAL: z.stringbool().default(true),
  /** Days after which the personal data of a first contact that led to no client is erased. */
  INQUIRY_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  ...programTimeZone,
});

export type ClientsConfig = z.output<typeof clientsConfig>;
