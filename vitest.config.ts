import { defineConfig } from 'vitest/config';

// Limits are for what hangs: nothing may depend on how fast or how busy the machine is.
const common = {
  isolate: false,
  // Room for what a test throws away at once: less copying by the collector, 50 of 57 s of work in four files.
  execArgv: ['--max-semi-space-size=32'],
  maxWorkers: '100%',
  testTimeout: 600_000,
  hookTimeout: 600_000,
  server: { deps: { external: [/\/dist\//] } },
};

/** Under Stryker the tests of the core alone: what starts the command line runs the build, not the mutants. */
const mutation = {
  include: [
    'test/{rules,rule-compiled,rule-reach,rule-ways,rules.property,tiers,ranking,placing,leagues,letter,kernel,scoring,statuses,compare,slow/diagnostics}.test.ts',
  ],
  testNamePattern: /^(?!.*(on the command line|cchc |several readings))/,
  setupFiles: ['test/mutation/setup.ts'],
  testTimeout: 30_000,
};

/** `fast` runs everywhere; `slow` has every command of the documents, and what wants a browser, an office or a database. */
const suites = {
  maxWorkers: '100%',
  projects: [
    // Files share a process, so that what they import is loaded once: 50 of 210 s of work.
    { test: { ...common, name: 'fast', include: ['test/*.test.ts'] } },
    { test: { ...common, name: 'slow', include: ['test/slow/*.test.ts'] } },
  ],
};

export default defineConfig({ test: process.env.STRYKER_MUTATOR_WORKER ? mutation : suites });
