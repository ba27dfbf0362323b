import { defineConfig } from 'vitest/config';

const HOUR_MS = 60 * 60 * 1000;

/** Engines side by side; prints ratios, fails only where counts differ. */
export default defineConfig({
  test: {
    include: ['test/bench/*.bench.ts'],
    pool: 'forks',
    maxWorkers: 1,
    execArgv: ['--max-old-space-size=9000'],
    testTimeout: HOUR_MS,
    disableConsoleIntercept: true,
  },
});
