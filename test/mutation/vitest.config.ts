import { defineConfig } from 'vitest/config';

/** The tests of the core alone: those that start the command line run the build, not the mutants. */
export default defineConfig({
  test: {
    include: [
      'test/rules.test.ts',
      'test/tiers.test.ts',
      'test/rule-compiled.test.ts',
      'test/rule-reach.test.ts',
      'test/rule-ways.test.ts',
      'test/rules.property.test.ts',
      'test/ranking.test.ts',
      'test/placing.test.ts',
      'test/leagues.test.ts',
      'test/letter.test.ts',
      'test/kernel.test.ts',
      'test/scoring.test.ts',
      'test/statuses.test.ts',
      'test/slow/diagnostics.test.ts',
      'test/compare.test.ts',
    ],
    testNamePattern: /^(?!.*(on the command line|cchc |several readings))/,
    setupFiles: ['test/mutation/setup.ts'],
    testTimeout: 30_000,
  },
});
