/** Nothing drawn that is not enabled, nothing enabled that is never drawn: short walks. Longer ones are in the deep test. */

import { describe, expect, it } from 'vitest';
import { hvm64 } from '../../models/forms/hvm.ts';
import { guestModel } from '../../models/guest.ts';
import { samplerOf } from '../../models/sampling/sampling.ts';
import { auto, blocks, bootBalloon, full, onDemand, pair, scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v1c } from '../../models/variants/v1c.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { formFor } from '../support/form-for.ts';
import { compareAlongAWalk } from './enabled.ts';

/** Scopes that switch further actors on. At real size all sections are one chart, and none lies beyond a limit of addresses. */
const withActors = scopes.filter(({ actors, p2mRoom }) => actors !== undefined && p2mRoom === undefined);

describe.each(variants)('$id', (protocol) => {
  it('in full', () => {
    compareAlongAWalk(protocol, full, 30, 7);
  });

  it('in on-demand, an HVM guest', () => {
    compareAlongAWalk(protocol, onDemand, 30, 7, hvm64);
  });

  it('draws families of the alphabet, all of them and no other', () => {
    const usual = [full, auto, pair, ...withActors].map((scope) => [scope, formFor(scope)] as const);
    for (const [scope, form] of [...usual, [onDemand, hvm64] as const]) {
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

describe.each(withActors)('in $name', (scope) => {
  it.each([v1c, v2, v3, lifecycle])('$id', (protocol) => {
    compareAlongAWalk(protocol, scope, 40, 7, formFor(scope));
  });
});
