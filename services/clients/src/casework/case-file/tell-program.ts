import { tellEveryRow } from '@throughline/command';
import type { Job } from '@throughline/messaging';
import { CaseFileEntity } from './case-file.entity.ts';
import { programFacts } from './case-program.ts';

export const programJob = 'case-file.program';

/** Tells the program of the cases that were there before measures asked for it. Source: infra/reference/domain.md 5.2. */
export const tellProgram = ({ now }: { now: () => Date }): Job =>
  tellEveryRow(programJob, {
    ...{ service: 'clients', entity: CaseFileEntity, now },
    factsOf: (caseFile, { now: at }) => programFacts(null, caseFile, at),
  });
