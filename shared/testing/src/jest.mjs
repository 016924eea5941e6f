import { join } from 'node:path';

const here = import.meta.dirname;

/** What holds for each package, alone or as one project of a run over the whole repository. */
export const projectConfig = {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/generated/'],
  modulePathIgnorePatterns: ['/[.]data/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node', 'graphql'],
  transform: {
    '^.+[.]ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // Jest runs a setup file once however many projects name it.
  globalSetup: join(here, 'start-infrastructure.mjs'),
  globalTeardown: join(here, 'stop-infrastructure.mjs'),
};

/** What Jest reads from the top of a run only. */
export const runConfig = {
  // A limit for a test that hangs, and no measure of speed: other work may share the machine.
  testTimeout: 180_000,
  maxWorkers: 2,
  testSequencer: join(here, 'longest-first.mjs'),
  // Modules of a test file stay in memory until their worker ends: a new one goes on before the heap is full.
  workerIdleMemoryLimit: '1500MB',
};

/** The jest.config.mjs of one package. */
export const jestConfig = { ...projectConfig, ...runConfig };
