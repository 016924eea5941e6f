import { CreateMessaging1700000000000 } from './0000-create-messaging.ts';
import { RecordParkedDecisions1700000000900 } from './0001-record-parked-decisions.ts';
import { AppendFacts1700000001000 } from './0002-append-facts.ts';
import { ReceiveFacts1700000001100 } from './0003-receive-facts.ts';
import { ArchiveSentFacts1700000010000 } from './0010-archive-sent-facts.ts';
import { SplitConsumers1700000011000 } from './0011-split-consumers.ts';
import { KeepMonths1699999999000 } from './0012-keep-months.ts';
import { ArchiveByMonth1700000013000 } from './0013-archive-by-month.ts';

/** The migrations of this package, for every service's list. */
export const messagingMigrations = [
  KeepMonths1699999999000,
  CreateMessaging1700000000000,
  RecordParkedDecisions1700000000900,
  AppendFacts1700000001000,
  ReceiveFacts1700000001100,
  ArchiveSentFacts1700000010000,
  SplitConsumers1700000011000,
  ArchiveByMonth1700000013000,
];
