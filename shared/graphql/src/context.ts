import type { Cause } from '@throughline/events';
import type { DataSource } from 'typeorm';
import type { InputIssue } from './problems.ts';
import type { Viewer } from './viewer.ts';

/** What every resolver and command of a service gets; one per request. */
export interface ServiceContext<Loaders = unknown> {
  viewer: Viewer;
  db: DataSource;
  /** The server clock, UTC. */
  now: () => Date;
  /** Goes into every fact that the request causes. */
  cause: Cause;
  loaders: Loaders;
  /** Faults of the input of the mutation that runs, as `act` found them. */
  inputFaults?: readonly InputIssue[];
}

export function causeOf(viewer: Viewer, correlationId: string): Cause {
  if (viewer.graph === 'INTERNAL') return { actor: { kind: 'SYSTEM', id: viewer.id }, correlationId };
  return viewer.agencyId
    ? { actor: { kind: 'PARTNER', id: viewer.id, agencyId: viewer.agencyId }, correlationId }
    : { actor: { kind: 'STAFF', id: viewer.id }, correlationId };
}
