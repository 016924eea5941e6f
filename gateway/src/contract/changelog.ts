export interface ReleasedChanges {
  /** `2026-11-24` */
  day: string;
  /** Sentences by graph. */
  changes: Readonly<Record<string, readonly string[]>>;
}

/** Adds a dated entry above the older ones. A graph without changes is not named. */
export function withEntry(changelog: string, { day, changes }: ReleasedChanges): string {
  const parts = Object.entries(changes)
    .filter(([, sentences]) => sentences.length > 0)
    .map(([graph, sentences]) => `### ${graph}\n\n${sentences.map((one) => `- ${one}\n`).join('')}`);
  const entry = `## ${day}\n\n${parts.join('\n')}`;
  const older = changelog.indexOf('\n## ');
  if (older === -1) return `${changelog.trimEnd()}\n\n${entry}`;
  return `${changelog.slice(0, older + 1)}${entry}\n${changelog.slice(older + 1)}`;
}
