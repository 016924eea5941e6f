export interface Postgres {
  /** Address of the server as a superuser. */
  url: string;
  how: 'given' | 'container' | 'embedded';
  /** Stops what was started here; a given server is left alone. */
  stop(): Promise<void>;
}

export interface FindPostgresOptions {
  /** Kept between starts. Without it the data is thrown away at `stop()`. */
  dataDir?: string | undefined;
  /** A free port when left out. */
  port?: number | undefined;
  log: (line: string) => void;
  /** Off only where losing the data in a power cut does not matter (tests). Default true. */
  fsync?: boolean;
  /** The environment variable that may give an address. Default POSTGRES_URL. */
  variable?: string;
}
