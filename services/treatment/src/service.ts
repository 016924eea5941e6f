import type { Viewer } from '@throughline/graphql';
import { withProjections } from '@throughline/messaging';
import { databaseTimeoutsOf, silentLogger } from '@throughline/runtime';
import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import { onProposedNeedRecorded } from './assessment/next-step/on-need-recorded.ts';
import { riskJobs } from './assessment/risk/risk-jobs.ts';
import { medicationJobs } from './assessment/medication/moud-gap.ts';
import { followUpJobs, watchZone } from './aftercare/follow-up/keep-up.ts';
import { onEvidence } from './aftercare/follow-up/on-evidence.ts';
import { onReferral } from './aftercare/transition/on-referral.ts';
import { transitionJobs } from './aftercare/transition/transition-timer.ts';
import type { TreatmentConfig } from './config.ts';
import { createContext, type DocumentSettings } from './context.ts';
import { consequences } from './consequences.ts';
import { onCrisisPageAcknowledged } from './crisis/crisis-alert/on-page-acknowledged.ts';
import { onDangerReported } from './crisis/crisis-alert/on-danger-reported.ts';
import { watchCrises } from './crisis/crisis-alert/watch-crises.ts';
import { createDataSource } from './database.ts';
import { onSituationChanged } from './planning/review/on-situation-changed.ts';
import { planningJobs } from './planning/review/review-timer.ts';
import { MeasureReader } from './measure/figure/measure-reader.ts';
import { projectionsIn } from './projections.ts';
import { createSchema } from './schema.ts';
import type { CounselingVault } from './work/counseling-note/counseling-vault.ts';
import { documentFiles } from './work/document/document-files.ts';
import { documentJobs } from './work/document/document-timers.ts';
import { objectStore } from './work/document/object-store.ts';
import { openVault } from './work/counseling-note/open-vault.ts';
import { onSupervisorChanged } from './work/progress-note/on-supervisor-changed.ts';

/** Starts this service; several may share a process. */
export async function startTreatment(
  config: TreatmentConfig,
  options: ServiceOptions,
): Promise<RunningService> {
  const apart: Apart = {
    vault: openVault(config, options.logger ?? silentLogger),
    measures: measureReaderOf(config),
  };
  const closeApart = () => Promise.all([apart.vault.close(), apart.measures.close()]);
  try {
    const running = await startWith(apart, config, options);
    const clock = { now: options.now ?? (() => new Date()), timeZone: config.PROGRAM_TIME_ZONE };
    await watchZone(running.dataSource, clock);
    const close = async () => {
      await running.close();
      await closeApart();
    };
    return { ...running, close };
  } catch (error) {
    await closeApart();
    throw error;
  }
}

/** Files of documents go into the object store when it has an address, otherwise into the database. */
function documentSettingsOf(config: TreatmentConfig): DocumentSettings {
  const { DOCUMENT_STORE_URL: url, DOCUMENT_STORE_REGION: region } = config;
  const { DOCUMENT_STORE_ACCESS_KEY: accessKeyId, DOCUMENT_STORE_SECRET_KEY: secretAccessKey } = config;
  const store =
    url && accessKeyId && secretAccessKey ? objectStore({ url, region, accessKeyId, secretAccessKey }) : null;
  return { keys: config.DOCUMENT_KEYS, mostBytes: config.DOCUMENT_MAX_BYTES, store };
}

/** What has connections of its own. */
interface Apart {
  vault: CounselingVault;
  measures: MeasureReader;
}

function measureReaderOf(config: TreatmentConfig): MeasureReader {
  const { DATABASE_URL: url, MEASURES_POOL_SIZE: poolSize, MEASURES_TIMEOUT_MS: statementMs } = config;
  return new MeasureReader({ url, poolSize, timeouts: { ...databaseTimeoutsOf(config), statementMs } });
}

function startWith(apart: Apart, config: TreatmentConfig, options: ServiceOptions): Promise<RunningService> {
  const files = documentSettingsOf(config);
  return startService(
    {
      name: 'treatment',
      config,
      createDataSource,
      assemble: ({ db, now, logger, metrics }) => {
        watchCrises(metrics, { db, now });
        const contextOf = (viewer: Viewer, requestId: string) =>
          createContext({ db, now, timeZone: config.PROGRAM_TIME_ZONE, files, ...apart }, viewer, requestId);
        const ofDocuments = documentJobs(files.store);
        return {
          schema: createSchema(logger),
          answerFile: documentFiles({ files, now, contextOf }),
          reactions: withProjections(projectionsIn(config.PROGRAM_TIME_ZONE), {
            work: [
              onProposedNeedRecorded,
              onCrisisPageAcknowledged,
              onSupervisorChanged,
              onDangerReported(consequences, { now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...onEvidence({ now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...onReferral({ now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...onSituationChanged(config.PROGRAM_TIME_ZONE),
            ],
          }),
          jobs: {
            timers: {
              ...riskJobs(consequences.driverSources, { now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...medicationJobs({ now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...followUpJobs({ now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...transitionJobs({ now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...planningJobs({ now, timeZone: config.PROGRAM_TIME_ZONE }),
              ...ofDocuments.timers,
            },
            longWork: { ...ofDocuments.longWork },
          },
          createContext: contextOf,
        };
      },
    },
    options,
  );
}
