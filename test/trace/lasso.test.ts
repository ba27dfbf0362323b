/** A lasso of the catalog, taken again by stepping: as it stands it breaks its property, altered it does not. */
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { nobody, pair } from '../../models/scopes.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { onRequest } from '../../properties/all.ts';
import type { Label } from '../../src/core/label.ts';
import { lassoFaults } from '../../src/trace/lasso.ts';
import { StepWorld } from '../../src/trace/world.ts';
import { verdictOf } from '../support/explored.ts';

describe.each([
  ['a poll', v3, nobody, 'I-36'],
  ['a deadlock', v2, pair, 'I-38'],
] as const)('%s', (_, protocol, scope, id) => {
  const verdict = verdictOf(protocol, scope, id);
  if (verdict.kind !== 'violated') throw new Error(`${id} holds`);
  const { trace, loopFrom = 0 } = verdict;
  const watch = onRequest.find((one) => one.id === id)?.watch;
  if (watch?.kind !== 'temporal') throw new Error(`${id} is not temporal`);
  const { charts, alphabet } = guestModel(protocol, pv64, scope);
  const faults = (labels: readonly Label[], from = loopFrom) =>
    lassoFaults(StepWorld.of(charts), alphabet, watch, labels, from);

  it('breaks the property', () => expect(faults(trace)).toEqual([]));

  it('does not where the loop begins earlier or later', () => {
    expect(faults(trace, loopFrom - 1)).not.toEqual([]);
    if (loopFrom < trace.length) expect(faults(trace, loopFrom + 1)).not.toEqual([]);
  });

  it('does not without its last step', () => {
    const from = Math.min(loopFrom, trace.length - 1);
    expect(faults(trace.slice(0, -1), from)).not.toEqual([]);
  });

  it('does not where nobody lets the driver go on', () => {
    const short = trace.slice(0, loopFrom - 1);
    expect(faults(short, short.length)).not.toEqual([]);
  });
});
