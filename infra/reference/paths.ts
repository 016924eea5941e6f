import { existsSync, globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { WrittenFile } from './written-files.ts';

const repository = resolve(import.meta.dirname, '../..');
const link = /\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g;
/** A path with a folder and an ending; a place holder (`NNNN`, `<folder>`) is none. */
const path = /`((?!\S*NNNN)[\w.@{},-]+(?:\/[\w.@{},-]+)+\.(?:ts|mjs|graphql|md|yml|json|html))`/g;

/** Links and paths in backticks that lead to no file. Paths begin at the root, at the guide, at its `src` or in a slice below. */
export function faultsOfPaths({ path: guide, text }: WrittenFile): string[] {
  const folder = dirname(guide);
  const exists = (place: string): boolean => existsSync(join(repository, folder, place));
  const links = [...text.matchAll(link)].map(([, place = '']) => place).filter((place) => !exists(place));
  const paths = [...text.matchAll(path)]
    .map(([, place = '']) => place)
    .filter((place) => !['', folder].some((start) => found(place, start)));
  return [...links, ...paths].map((place) => `${guide}: ${place} does not exist`);
}

function found(place: string, start: string): boolean {
  const cwd = join(repository, start);
  return [place, `src/${place}`, `src/*/${place}`].some((pattern) => globSync(pattern, { cwd }).length > 0);
}
