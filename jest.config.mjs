import { availableParallelism } from 'node:os';

export default {
  testEnvironment: '<rootDir>/test/environment.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript', explicitResourceManagement: true }, target: 'es2022' },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // No test waits for a time to pass; this is for machines that have much else to do.
  testTimeout: 120_000,
  // Never in jest's own process, and not for long in one: jest-circus makes an AsyncLocalStorage for each file, and every one that is alive costs
  // all promises of the files after it (after 200 files those that read byte by byte took ten times as long).
  maxWorkers: Math.max(2, availableParallelism()),
  workerIdleMemoryLimit: '512MB',
};
