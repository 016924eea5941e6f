import { randomUUID } from 'node:crypto';
import {
  caseManagerAssigned,
  caseOpened,
  clientAgeGroupChanged,
  needRecorded,
  uuidV7,
  type Fact,
} from '@throughline/events';
import type { Role, Viewer } from '@throughline/graphql';
import type { Message } from '@throughline/messaging';
import type { AgeGroup } from '@throughline/privacy';
import { aViewer, startTestService, type TestServiceOptions } from '@throughline/service/testing';
import { treatmentConfig } from './config.ts';
import { migrate } from './database.ts';
import { startTreatment } from './service.ts';

const treatment = { name: 'treatment' as const, config: treatmentConfig, start: startTreatment, migrate };

export const staff = (role: Role, id: string = randomUUID()): Viewer => aViewer([role], { id });

/** The real service on its own database, without a broker unless one is given. */
export async function testTreatment(options: TestServiceOptions = {}) {
  const service = await startTestService(treatment, options);
  const now = () => service.clock.now ?? new Date();
  /** Sends facts as another service does; they are handled when this resolves. */
  const tell = (source: string, ...facts: Fact[]): Promise<Message[]> => service.hear(facts, { source });
  /** Fact of the clients service about the age of a client. */
  const age = async (
    clientId: string,
    ageGroup: AgeGroup | null,
    reason: 'RECORD' | 'BIRTHDAY' = 'RECORD',
  ) => {
    await tell('clients', clientAgeGroupChanged.of(clientId, now(), { clientId, ageGroup, reason }));
  };
  return {
    ...service,
    service: service.running,
    ...{ tell, age },
    /** An adult client on the caseload of `caseManagerId` in the team of `supervisorId`. */
    assign: async (
      caseManagerId: string,
      supervisorId: string,
      clientId = uuidV7(now()),
    ): Promise<string> => {
      const caseId = randomUUID();
      const team = { clientId, caseId, caseManagerId, supervisorId };
      const opened = caseOpened.of(clientId, now(), { clientId, caseId });
      await age(clientId, 'AGE_18_64');
      await tell('clients', opened, caseManagerAssigned.of(clientId, now(), team));
      return clientId;
    },
    need: async (clientId: string, needId = uuidV7(now())): Promise<string> => {
      const need = { needId, clientId, caseId: randomUUID(), category: 'HOUSING' };
      await tell('clients', needRecorded.of(clientId, now(), need));
      return needId;
    },
  };
}

export type TestTreatment = Awaited<ReturnType<typeof testTreatment>>;
