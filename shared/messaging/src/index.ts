export { announce } from './outbox/announce.ts';
export { kafkaTransport, type KafkaTransportOptions } from './kafka/kafka-transport.ts';
export { localTransport, type LocalTransportOptions } from './local-transport.ts';
export { messagingEntities } from './messaging.entity.ts';
export { messagingMigrations } from './migrations/index.ts';
export {
  schedule,
  unschedule,
  type Job,
  type JobClass,
  type Jobs,
  type Slots,
  type When,
} from './jobs/job.ts';
export { migrateJobs } from './jobs/migrate-jobs.ts';
export { joinMonths, partitionByMonth, type MonthlyTable } from './migrations/partition-by-month.ts';
export {
  decideParked,
  findParked,
  listParked,
  mostReason,
  type Decided,
  type Decision,
  type KeptFact,
  type ParkedDecision,
  type ParkedMessage,
  type ParkedPage,
  type ParkedState,
} from './inbox/parked.ts';
export { concerns, consumerOf, withProjections, type Concern, type Reactions } from './inbox/concern.ts';
export { heardBy } from './inbox/heard-by.ts';
export {
  on,
  onMany,
  type Heard,
  type Reaction,
  type ReactionOptions,
  type Received,
} from './inbox/reaction.ts';
export {
  afterRestore,
  type LostFact,
  type Restored,
  type RestoredDatabase,
} from './restore/after-restore.ts';
export { defineProjection, type Projection } from './replay/projection.ts';
export {
  rebuild,
  RebuildUnderWay,
  type Progress,
  type Rebuilt,
  type RebuildOptions,
} from './replay/rebuild.ts';
export { fromArchives, fromTopics, type OpenSource } from './replay/sources.ts';
export type { Compared } from './replay/take-over.ts';
export { record, UnfitFact } from './outbox/record.ts';
export {
  findScheduler,
  listTimers,
  type Scheduler,
  type Timer,
  type TimerPage,
  type TimerState,
} from './jobs/timers.ts';
export { startMessaging, type Messaging, type MessagingOptions } from './start.ts';
export type { Failure } from './failure.ts';
export type { RetryPolicy } from './inbox/inbox.ts';
export type {
  Consumer,
  Message,
  Publisher,
  Replay,
  Replaying,
  Subscription,
  Transport,
} from './transport.ts';
