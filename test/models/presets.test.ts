/** First fit and LIFO take choices away and give none: every step of theirs is a step without them, and some step is not. */
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Scope } from '../../models/scope.ts';
import { scopes } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { sideBySide } from '../support/side-by-side.ts';

const named = (name: string): Scope => {
  const scope = scopes.find((one) => one.name === name);
  if (scope === undefined) throw new Error(`no scope ${name}`);
  // Enough for one section of two, or for pages of both on the list.
  return { ...scope, targets: name === 'lifo' ? [1, 3] : [1, 2], offliner: false };
};

/** The choice that is taken away. */
const TAKEN = {
  'first-fit': { v3: ['reserve.ok'], lifecycle: ['reserve.ok'] },
  lifo: { v3: ['populate.ok'], lifecycle: ['populate.ok'] },
} as const;

describe.each(['first-fit', 'lifo'] as const)('%s', (name) => {
  it.each([v3, lifecycle])('of $id has only steps that are there without it, and not all', (protocol) => {
    const { actors: _, ...any } = named(name);
    const { only, hiddenFamilies, states } = sideBySide(
      guestModel(protocol, pv64, named(name)),
      guestModel(protocol, pv64, any),
    );
    expect(only).toEqual([]);
    expect(states).toBeGreaterThan(100);
    expect(hiddenFamilies).toEqual(TAKEN[name][protocol.id as 'v3']);
  });
});
