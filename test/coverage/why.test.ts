/** Why something was not reached: each reason, once, on the shipped models. */

import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Scope } from '../../models/scope.ts';
import { auto, full, nobody, pair, single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { triedAlone, whyNot } from '../../src/coverage/why.ts';

const tried = (scope: Scope, reached?: readonly string[]) => ({
  ...triedAlone(scope.name, guestModel(v3, pv64, scope)),
  reached: reached === undefined ? undefined : new Set(reached),
});

const SLEEP = 'balloon: settling -sleep-> asleep';
const here = tried(pair, [SLEEP]);
const others = [here, tried(single), tried(nobody), tried(auto), tried(full)];

describe('why not', () => {
  it.each([
    [SLEEP, 'not taken', 'reachable in pair, not taken'],
    // A switched-off actor: pair has no rival.
    ['slot: free -intrude-> rival', 'needs actor', 'needs rival, which is in single, nobody, auto, full'],
    [
      'otherDomain: there -host.take-> there',
      'needs actor',
      'needs otherDomain, which is in single, nobody, auto, full',
    ],
    // The kernel onlines blocks in auto only, and the driver, whose step that is, is everywhere.
    [
      'block: offline -autoonline.begin-> goingOnline',
      'needs scope',
      'its label is not in pair, it is in auto',
    ],
    // The chart alone can: no rule of the section forbids it, the protocol does.
    [
      'section: online -reserve.ok-> disordered',
      'never enabled',
      'never enabled in pair, though the chart alone can',
    ],
    [
      'slot: free -fly-> moon',
      'unreachable',
      'nobody takes its label in any scope tried (pair, single, nobody, auto, full)',
    ],
    // Nothing sends a free slot to two holders at once.
    [
      'slot: free -intrude-> both',
      'unreachable',
      'no chart can in any scope tried (pair, single, nobody, auto, full)',
    ],
  ])('%s', (element, kind, text) => {
    expect(whyNot(element, here, others)).toEqual({ kind, text });
  });

  it('names a scope whose product reaches it', () => {
    const there = tried(single, ['section: online -reserve.ok-> disordered']);
    expect(whyNot('section: online -reserve.ok-> disordered', here, [here, there])).toMatchObject({
      kind: 'elsewhere',
      text: 'never enabled in pair, reached in single',
    });
  });

  it('a pair is judged by the first of its transitions that is missing', () => {
    expect(whyNot('slot: free -intrude-> rival -withdraw-> free', here, others).kind).toBe('needs actor');
  });

  it('names the scopes whose bounds are wide enough', () => {
    const short = { ...single, targets: [1], name: 'short' };
    const small = tried(short, []);
    expect(whyNot('toolstack: idle -max.set-> capped', small, [small, tried(single)])).toEqual({
      kind: 'needs scope',
      text: 'too small a scope: the chart alone can in single',
    });
  });
});
