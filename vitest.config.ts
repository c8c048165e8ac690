import { defineConfig } from 'vitest/config';

// Limits are for what hangs: nothing may depend on how fast or how busy the machine is.
const common = { testTimeout: 600_000, hookTimeout: 600_000, server: { deps: { external: [/\/dist\//] } } };

/** `fast` runs everywhere; `slow` wants a browser, an office and a database; `core` is what mutants are tried on. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: 'fast', include: ['test/*.test.ts'] } },
      { test: { ...common, name: 'slow', include: ['test/slow/*.test.ts'] } },
    ],
  },
});
