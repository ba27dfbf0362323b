/** Temporal properties of a shipped variant on blocks and state by state. */
import { expect } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { runSearch } from '../../src/check/run-search.ts';
import { expectOk } from '../../src/core/result.ts';
import { requestedOutcome, requestedTask } from './explored.ts';

/** Verdicts with their lassos, which are replayed through XState; which engine it was in the end. */
export function expectSameLoops(protocol: Protocol, scope: Scope): string {
  const blocks = expectOk(
    runSearch(requestedTask(protocol, scope), { engine: 'block' }),
    `${protocol.id} breaks no rule of the product`,
  );
  expect(blocks.cases).toEqual(requestedOutcome(protocol, scope).cases);
  return blocks.search.engine ?? '';
}
