const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids come from outside: PostgreSQL refuses what is no uuid, and a made-up id is simply unknown. */
export function isUuid(id: string): boolean {
  return pattern.test(id);
}
