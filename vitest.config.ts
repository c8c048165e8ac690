import { defineConfig } from 'vitest/config';

const common = { testTimeout: 30_000, server: { deps: { external: [/\/dist\//] } } };

/** `fast` runs everywhere; `slow` wants a browser, an office and a database; `core` is what mutants are tried on. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: 'fast', include: ['test/*.test.ts'] } },
      { test: { ...common, name: 'slow', include: ['test/slow/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
});
