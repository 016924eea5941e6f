import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSdl } from '@throughline/graphql';

/** The whole SDL of a service: what all have, its own below `sourceDir`, and its backbone. */
export function readServiceSdl(service: string, sourceDir: string): string {
  return [readSdl(sourceDir), backboneSdl(service)].join('\n');
}

/** What a field of the backbone's SDL is called in one service: a gateway routes by the name of a field, not by argument. */
export function backboneField(field: string, service: string): string {
  const capitalised = service.replace(/^./, (letter) => letter.toUpperCase());
  return field.replace(/^service(?=Backbone$)/, service).replace(/Service(?=ParkedFact$)/, capitalised);
}

const folder = join(import.meta.dirname, 'backbone');

function backboneSdl(service: string): string {
  return globSync('*.graphql', { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
    .replaceAll('{service}', service)
    .replaceAll(/\b(serviceBackbone|(?:retry|drop)ServiceParkedFact)\b/g, (field) =>
      backboneField(field, service),
    );
}
