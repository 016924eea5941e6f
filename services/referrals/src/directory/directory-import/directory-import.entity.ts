import { EntitySchema } from 'typeorm';
import type { DirectoryImport } from './directory-import.ts';

export const DirectoryImportEntity = new EntitySchema<DirectoryImport>({
  name: 'DirectoryImport',
  tableName: 'directory_import',
  columns: {
    id: { type: 'uuid', primary: true },
    source: { type: 'text' },
    folder: { type: 'text' },
    state: { type: 'text', default: 'STAGING' },
    files: { type: 'jsonb', default: [] },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    createdBy: { type: 'text', name: 'created_by' },
    appliedAt: { type: 'timestamptz', name: 'applied_at', nullable: true },
    report: { type: 'jsonb', nullable: true },
  },
});
