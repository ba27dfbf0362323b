import { defineConfig } from 'vitest/config';

/** The quick suite. Everything slower than a coffee belongs in a `*.deep.test.ts` file (see vitest.deep.config.ts). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.deep.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default'],
    coverage: {
      provider: 'v8',
      include: ['{src,models,properties,reports}/**/*.ts'],
    },
  },
});
