/**
 * A ledger that agrees with everything is worth nothing. Each fact that the ledger believes is turned round, on a variant where it
 * matters; and each planted bug in the charts meets the ledger of the base. Both must be noticed.
 */
import { describe, expect, it } from 'vitest';
import { realScope } from '../../models/hosts.ts';
import { mutants } from '../../models/mutants/all.ts';
import { protocolOf } from '../../src/cli/check/task.ts';
import { factsOf, setupOf } from '../../src/cli/fuzz/setup.ts';
import { LEDGER_DIFFERS } from '../../src/fuzz/checked-run.ts';
import type { LedgerFacts } from '../../src/ledger/facts.ts';
import { fuzzed, REAL } from '../fuzz/fuzzed.ts';

function differs(variant: string, facts: Partial<LedgerFacts>): boolean {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no ${variant}`);
  const setup = setupOf(protocol, realScope(protocol, REAL), { facts });
  for (let seed = 1; seed <= 12; seed++) if (fuzzed(setup, seed, 1, 3000).has(LEDGER_DIFFERS)) return true;
  return false;
}

/** Where each fact shows. */
const WRONG: readonly (readonly [keyof LedgerFacts, LedgerFacts[keyof LedgerFacts], string])[] = [
  ['onlinedPage', 'allocator', 'v3'],
  ['onlinedPage', 'list', 'lifecycle'],
  ['listCountsKept', true, 'v3-patched'],
  ['currentFallsBy', 2, 'v3'],
  ['totalGrows', false, 'v3'],
  ['currentGrows', false, 'lifecycle'],
  ['registersFirst', false, 'lifecycle'],
  ['framesBeforeAdd', true, 'v3'],
  ['runMax', 1, 'v3'],
  ['shortRunIsAdded', true, 'lifecycle'],
  ['failedAddIsRetried', true, 'v0'],
  ['mutexWhileBusy', true, 'v2-4.11'],
  ['creditsAdded', false, 'v1c'],
  ['onlinedIsSettled', false, 'v1c'],
  ['failureIsUndone', false, 'lifecycle'],
  ['noGapIsRetried', true, 'v3'],
  ['onlinesAfterAdd', false, 'v0'],
  ['mutexFreeOverAdd', false, 'v3'],
  ['isWorkItem', true, 'v3'],
  ['waitReadsAgain', false, 'v3'],
  ['limitBeforeTarget', false, 'v3'],
  ['iomemRefuses', true, 'hotplug-at-end-of-ram'],
  ['limitIsChecked', true, 'cap-not-checked'],
  ['givingBackFrees', false, 'v3'],
  ['freedReachesHeap', false, 'v3'],
  ['vetoRestores', false, 'v3'],
];

describe('a ledger that is wrong about', () => {
  it.each(WRONG)('%s (%s) is noticed on %s', (fact, value, variant) => {
    expect(differs(variant, { [fact]: value })).toBe(true);
  });

  it('every fact has a case', () => {
    const protocol = protocolOf('v3');
    if (protocol === undefined) throw new Error('no v3');
    const all = Object.keys(factsOf(protocol, realScope(protocol, REAL))).sort();
    expect([...new Set(WRONG.map(([fact]) => fact))].sort()).toEqual(all);
  });
});

describe('charts of a mutant against the ledger of its base:', () => {
  // At real size a block is a section, so half of one is never asked for.
  it.each(mutants.filter(({ field }) => field !== 'roundsTo'))('$id', ({ id, base, protocol }) => {
    const facts = factsOf(base, realScope(base, REAL));
    expect(differs(id, facts)).toBe(true);
    expect(protocol.id).toBe(id);
  });
});
