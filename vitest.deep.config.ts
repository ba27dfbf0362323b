import { defineConfig } from 'vitest/config';
import quick from './vitest.config.ts';

const HOUR_MS = 60 * 60 * 1000;

/** The whole suite: the quick tests and the `*.deep.test.ts` ones, which search larger scopes. */
export default defineConfig({
  ...quick,
  test: {
    ...quick.test,
    exclude: [],
    // The naive explorer keeps every state as a string.
    execArgv: ['--max-old-space-size=9000'],
    maxWorkers: 1,
    testTimeout: HOUR_MS,
    hookTimeout: HOUR_MS,
  },
});
