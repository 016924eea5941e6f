import { tellRow } from '@throughline/command';
import type { Job } from '@throughline/messaging';
import { CaseFileEntity } from './case-file.entity.ts';
import { nextContactFact } from './next-contact.ts';

export const nextContactJob = 'case.next-contact';

/** Tells when the next contact of a case is due, for services that did not keep it before. */
export const tellNextContact = ({ now }: { now: () => Date }): Job =>
  tellRow('caseId', {
    ...{ service: 'clients', entity: CaseFileEntity, now },
    factsOf: (caseFile, { now: at }) => [nextContactFact(caseFile, at)],
  });
