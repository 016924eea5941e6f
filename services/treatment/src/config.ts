import { programTimeZone, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';

export const treatmentConfig = z.object({
  ...serviceConfig,
  ...programTimeZone,
  PORT: serviceConfig.PORT.default(4002),
});

export type TreatmentConfig = z.output<typeof treatmentConfig>;
