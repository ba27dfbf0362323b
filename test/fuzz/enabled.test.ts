/** Nothing drawn that is not enabled, nothing enabled that is never drawn: short walks. Longer ones are in the deep test. */

import { describe, expect, it } from 'vitest';
import { hvm64 } from '../../models/forms/hvm.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { mutants } from '../../models/mutants/all.ts';
import { samplerOf } from '../../models/sampling.ts';
import { auto, blocks, bootBalloon, full, onDemand, pair } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { compareAlongAWalk } from './enabled.ts';

describe.each(variants)('$id', (protocol) => {
  it('in full', () => {
    compareAlongAWalk(protocol, full, 30, 7);
  });

  it('in on-demand, an HVM guest', () => {
    compareAlongAWalk(protocol, onDemand, 30, 7, hvm64);
  });

  it('draws families of the alphabet, all of them and no other', () => {
    for (const [scope, form] of [
      [full, pv64],
      [auto, pv64],
      [pair, pv64],
      [onDemand, hvm64],
    ] as const) {
      const families = Object.keys(samplerOf(protocol, form, scope).families).sort();
      expect(families).toEqual(
        [...new Set(guestModel(protocol, form, scope).alphabet.map(({ type }) => type))].sort(),
      );
    }
  });
});

it.each(mutants)('mutant $id', ({ protocol, form }) => {
  compareAlongAWalk(protocol, form.pod ? onDemand : full, 12, 11, form);
});

it.each([bootBalloon, auto, pair, blocks])('lifecycle in $name', (scope) => {
  compareAlongAWalk(lifecycle, scope, 30, 7);
});
