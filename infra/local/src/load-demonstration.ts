import { gatewayConfig } from '@throughline/gateway';
import { CannotStart, databaseUrl, readConfig, runProgram } from '@throughline/runtime';
import { z } from 'zod';
import { callServices } from './call-services.ts';
import { tellAndLoad } from './demonstration/tell.ts';

const { CLIENTS_URL, TREATMENT_URL, REFERRALS_URL, NOTIFICATIONS_URL, VIEWER_PRIVATE_KEY } =
  gatewayConfig.shape;

/** Settings of the step that loads the demonstration data into a system that runs. */
export const demonstrationConfig = z.object({
  ...{ CLIENTS_URL, TREATMENT_URL, REFERRALS_URL, NOTIFICATIONS_URL, VIEWER_PRIVATE_KEY },
  /** PostgreSQL address of the app role of referrals, whose directory is written at once and not by commands. */
  DATABASE_URL: databaseUrl,
  /** PostgreSQL address of the app role of clients: cases that began in the past. */
  CLIENTS_DATABASE_URL: databaseUrl,
  /** PostgreSQL address of the app role of treatment: plans that went into force in the past. */
  TREATMENT_DATABASE_URL: databaseUrl,
});

/** Loads the demonstration data through the services, as docker compose does; a second run changes nothing. */
export function loadDemonstrationData(): Promise<void> {
  return runProgram(async () => {
    if (process.env.NODE_ENV === 'production')
      throw new CannotStart('Invented people do not belong into production: set NODE_ENV=development.');
    const config = readConfig(demonstrationConfig, process.env);
    const urls = {
      clients: config.CLIENTS_URL,
      treatment: config.TREATMENT_URL,
      referrals: config.REFERRALS_URL,
      notifications: config.NOTIFICATIONS_URL,
    };
    await tellAndLoad(
      callServices((service) => urls[service], config.VIEWER_PRIVATE_KEY),
      {
        clients: config.CLIENTS_DATABASE_URL,
        referrals: config.DATABASE_URL,
        treatment: config.TREATMENT_DATABASE_URL,
      },
    );
  });
}
