import type { Cause } from '@throughline/events';
import type { DataSource } from 'typeorm';
import type { InputIssue } from './problems.ts';
import type { Viewer } from './viewer.ts';

/** Faults of the inputs of mutations by the key of the answer; their paths are those of the caller. */
export type ToldFaults = Readonly<Record<string, readonly InputIssue[]>>;

/** What every resolver and command of a service gets; one per request. */
export interface ServiceContext<Loaders = unknown> {
  viewer: Viewer;
  db: DataSource;
  /** The server clock, UTC. */
  now: () => Date;
  /** Goes into every fact that the request causes. */
  cause: Cause;
  loaders: Loaders;
  /** Faults that the gateway found in the variables, by the key of the answer. */
  toldFaults?: ToldFaults;
  /** Faults of the input of the mutation that runs, as `act` found them. */
  inputFaults?: readonly InputIssue[];
}

export function causeOf(viewer: Viewer, correlationId: string): Cause {
  if (viewer.graph === 'INTERNAL') return { actor: { kind: 'SYSTEM', id: viewer.id }, correlationId };
  return viewer.agencyId
    ? { actor: { kind: 'PARTNER', id: viewer.id, agencyId: viewer.agencyId }, correlationId }
    : { actor: { kind: 'STAFF', id: viewer.id }, correlationId };
}
