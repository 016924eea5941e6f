// The step before the services start: databases and roles, then each service's migrations as its owner.
import { provision } from '../postgres/src/provision.ts';

const {
  POSTGRES_ADMIN_URL: server,
  POSTGRES_OWNER_PASSWORD: owner,
  POSTGRES_APP_PASSWORD: app,
} = process.env;
if (!server || !owner || !app) {
  console.error('POSTGRES_ADMIN_URL, POSTGRES_OWNER_PASSWORD and POSTGRES_APP_PASSWORD must be set');
  process.exit(1);
}
const services = ['clients', 'treatment', 'referrals', 'notifications'];
const urls = await provision(server, services, { owner, app });
for (const service of services) {
  const { migrate } = await import(`../../services/${service}/src/database.ts`);
  await migrate(urls[service].ownerUrl);
  console.log(`${service} is migrated`);
}
