/** Limits of one database session, in milliseconds; 0 = no limit. */
export interface DatabaseTimeouts {
  /** The server ends a statement that takes longer. */
  statementMs: number;
  /** The server ends a statement that waits longer for a lock. */
  lockMs: number;
  /** The server ends the session when its open transaction is not used for longer. */
  idleInTransactionMs: number;
  /** A caller who waits longer for a connection, or for a free one of a pool, gets an error. */
  connectionMs: number;
}

/** For sessions that answer people, handle facts and run timers. */
export const usualTimeouts: DatabaseTimeouts = {
  statementMs: 15_000,
  lockMs: 5_000,
  idleInTransactionMs: 15_000,
  connectionMs: 5_000,
};

/** For long work that nobody waits for: migrations, imports, rebuilds. One statement may take half an hour. */
export const longWorkTimeouts: DatabaseTimeouts = {
  statementMs: 30 * 60_000,
  lockMs: 60_000,
  idleInTransactionMs: 60_000,
  connectionMs: 10_000,
};

/** The limits under the names that a client or a pool of `pg` reads. The lint rule wants it at each of them. */
export function pgTimeouts(timeouts: DatabaseTimeouts) {
  const { statementMs, lockMs, idleInTransactionMs, connectionMs } = timeouts;
  return {
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    connectionTimeoutMillis: connectionMs,
  };
}
