import { clientUpdated } from '@throughline/events';
import { on } from '@throughline/messaging';
import { connect, keepThing, start } from './ground.ts';
import type { MemberPart } from './member.ts';

const { service, databaseUrl, place, hears, works } = JSON.parse(process.argv[2] ?? '') as MemberPart;
process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send?.(process.cpuUsage()));

const heard = on(clientUpdated, (tx, { clientId, version }) => keepThing(tx, clientId, version));
const dataSource = await connect(databaseUrl);
await start({ service, dataSource, appUrl: databaseUrl }, place, {
  reactions: hears ? { work: [heard] } : {},
  jobs: works ? { timers: { remind: () => Promise.resolve() } } : {},
});
process.send?.('started');
