// The step before the services start: databases and roles, then each service's migrations as its owner.
import { provision, provisionConfig } from '@throughline/postgres';
import { readConfig, runProgram } from '@throughline/runtime';
import { awaitDatabase } from '@throughline/service';

const services = ['clients', 'treatment', 'referrals', 'notifications'];

await runProgram(async () => {
  const config = readConfig(provisionConfig, process.env);
  const { POSTGRES_ADMIN_URL: server, DATABASE_START_WAIT_MS: waitMs } = config;
  const retrying = ({ attempt, code }) =>
    console.log(`attempt ${attempt}: no database answers yet (${code})`);
  await awaitDatabase(server, { setting: 'POSTGRES_ADMIN_URL', waitMs, retrying });
  const passwords = {
    owner: config.POSTGRES_OWNER_PASSWORD,
    app: config.POSTGRES_APP_PASSWORD,
    apart: { counseling: config.POSTGRES_COUNSELING_PASSWORD },
  };
  const urls = await provision(server, services, passwords);
  for (const service of services) {
    const { migrate } = await import(`../../services/${service}/src/database.ts`);
    await migrate(urls[service].ownerUrl, { archiveMonths: config.ARCHIVE_RETENTION_MONTHS ?? null });
    console.log(`${service} is migrated`);
  }
});
