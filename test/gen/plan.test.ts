/**
 * Acts from outside against the charts: what is planned is possible, and what can be forced is what the product reaches.
 */
import { describe, expect, it } from 'vitest';
import { alphabetOf } from '../../models/alphabet.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { scopes } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { explorerOf, groundOf, groundScope, MEANS } from '../../src/cli/gen/ground.ts';
import { guestWorld } from '../../src/cli/trace/world.ts';
import { forcingOf } from '../../src/gen/forcing.ts';
import { breaking, ofLabels, type Plan, suite } from '../../src/gen/plan.ts';
import { type Act, actText } from '../../src/gen/situation.ts';
import { Judge } from '../../src/trace/judge.ts';

const KINDS = ['section', 'boot', 'block', 'balloon'];
const explorer = explorerOf(v3, 'dom0');
const plans = suite(explorer, KINDS, MEANS.dom0);
const acts = ({ steps }: Plan) => steps.map(({ act }) => actText(act));

/** Performs acts one after the other; what the guest is like in the end. */
function rested(...list: readonly Act[]) {
  const { outside, start } = groundOf(v3, groundScope, 'dom0');
  let at = start;
  for (const act of list) {
    const settled = outside.perform(at, act);
    if (settled === undefined) throw new Error(`${actText(act)} does nothing`);
    at = settled.situation;
  }
  return at;
}
const target = (pages: number): Act => ({ kind: 'target', pages, veto: false });
const limit = (pages: number): Act => ({ kind: 'limit', pages });
const block = (n: number, word: 'online' | 'offline'): Act => ({
  kind: 'block',
  block: n,
  word,
  veto: false,
});

describe('rest', () => {
  it('is where nothing more comes by itself', () => {
    const { walk } = rested(limit(7), target(7));
    expect(walk.sum('books', 'current')).toBe(4);
    expect(walk.sum('need', 'total')).toBe(8);
    expect(walk.sum('balloon', 'st')).toBe(1);
  });

  it('is after the last retry where Xen refuses', () => {
    const { walk } = rested(target(5), block(0, 'online'));
    expect(walk.sum('balloon', 'cancelled')).toBe(1);
  });

  it('takes pages last in, first out', () => {
    // Boot memory gave a page after the block was filled: it comes back first.
    const { list } = rested(limit(7), target(7), block(0, 'online'), block(1, 'online'), target(5));
    expect(list).toEqual([1, -1, -1]);
  });

  it('offers no act that would change nothing', () => {
    const { outside, start } = groundOf(v3, groundScope, 'dom0');
    expect(outside.perform(start, block(0, 'online'))).toBeUndefined();
    expect(outside.perform(start, { kind: 'policy', word: 'offline' })).toBeUndefined();
    expect(outside.perform(start, { ...target(5), veto: true } as Act)).toBeUndefined();
  });
});

describe('plans', () => {
  it('are runs of the product, label by label', () => {
    const calm = { ...groundScope };
    for (const plan of plans) {
      const walk = guestWorld(v3, pv64, calm).walk();
      for (const { settled } of plan.steps)
        for (const label of settled.labels) expect(walk.take(label), label.type).toBeDefined();
    }
  });

  it('keep boot memory for the guest', () => {
    for (const { steps } of plans)
      for (const { settled } of steps)
        expect(settled.situation.walk.sum('section', 'inUse', -1)).toBeGreaterThanOrEqual(2);
  });

  it('take every kind of act', () => {
    const text = plans.flatMap(acts).join('\n');
    for (const word of ['target', 'limit', 'policy', 'online block', 'offline block', 'vetoed'])
      expect(text).toContain(word);
    expect(plans.map(({ name }) => name)).toEqual(plans.map((_, at) => `suite-${at + 1}`));
  });

  it('find the fewest acts that leak', () => {
    const i27 = properties.find(({ id }) => id === 'I-27');
    const plan = i27 && breaking(explorer, { limits: true, vetoes: false }, new Judge(i27.watch), 'leak');
    expect(plan?.steps).toHaveLength(5);
    expect(plan && acts(plan).slice(-2)).toEqual(['offline block 0', 'online block 0']);
  });

  it('follow a run’s own acts', () => {
    const run = [
      { type: 'max.set', pages: 7 },
      { type: 'target.set', pages: 7 },
      { type: 'hotplug.done' },
      { type: 'online.begin', block: 0 },
      { type: 'offline.begin', block: 5 },
    ];
    expect(acts(ofLabels(groundOf(v3, groundScope, 'dom0'), run, 'run'))).toEqual([
      'limit 7',
      'target 7',
      'online block 0',
    ]);
  });
});

describe('the table of what can be forced', () => {
  const older = forcingOf('fill.ok').by;
  it('speaks of every family of mainline', () => {
    const families = new Set(scopes.flatMap((scope) => alphabetOf(v3, pv64, scope).map(({ type }) => type)));
    expect([...families].filter((family) => forcingOf(family).by === older)).toEqual([]);
  });

  it('calls nothing unforceable that a plan takes, and nothing injected that happens by itself', () => {
    const taken = plans.flatMap(({ steps }) =>
      steps.flatMap(({ act, settled }) => settled.labels.map(({ type }) => ({ type, act }))),
    );
    for (const { type, act } of taken) {
      expect(forcingOf(type).how, type).not.toBe('never');
      if (forcingOf(type).how === 'injected') expect(actText(act)).toContain('vetoed');
    }
  });
});
