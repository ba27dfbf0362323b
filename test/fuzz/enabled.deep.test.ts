/** Nothing drawn that is not enabled, nothing enabled that is never drawn: every variant in every scope, long walks. */
import { describe, it } from 'vitest';
import { auto, blocks, bootBalloon, full, pair } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { compareAlongAWalk } from './enabled.ts';

describe.each(variants)('$id', (protocol) => {
  it.each([full, bootBalloon, auto, pair, blocks])('in $name', (scope) => {
    compareAlongAWalk(protocol, scope, 80, 7);
  });
});

it.each(mutants)('mutant $id', ({ protocol }) => {
  compareAlongAWalk(protocol, full, 40, 11);
});
