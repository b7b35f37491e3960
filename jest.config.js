/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  // A limit for what hangs: on a busy machine several real builds in one test take half a minute.
  testTimeout: 120_000,
  injectGlobals: false,
  testSequencer: '<rootDir>/jest-sequencer.config.js',
  // Native ESM leaves each test's modules in its worker: the collector of a full one takes several times as long.
  workerIdleMemoryLimit: '300MB',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
}
