import { loaderById } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { TriageScript } from './triage.ts';

export const TriageScriptEntity = new EntitySchema<TriageScript>({
  name: 'TriageScript',
  tableName: 'triage_script',
  columns: {
    id: { type: 'uuid', primary: true },
    number: { type: 'integer' },
    questions: { type: 'jsonb' },
    publishedAt: { type: 'timestamptz', name: 'published_at' },
    publishedBy: { type: 'uuid', name: 'published_by', nullable: true },
  },
});

/** The version that is asked now. A migration brings the first one. */
export async function currentScript(db: EntityManager): Promise<TriageScript> {
  const [script] = await db.find(TriageScriptEntity, { order: { number: 'DESC' }, take: 1 });
  if (!script) throw new Error('There is no triage script: the migrations have not run.');
  return script;
}

export function triageLoaders(db: EntityManager) {
  return { triageScriptById: loaderById(db, TriageScriptEntity) };
}
