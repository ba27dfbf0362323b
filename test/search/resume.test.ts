/** A search that was interrupted anywhere and gone on with by another says what one that was not says. */
import { describe, expect, it } from 'vitest';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { explore, type SearchOptions, type Snapshot } from '../../src/search/search.ts';
import { applicable, productOf } from '../support/explored.ts';

/** The way through a file: JSON, and bytes of its own. */
const filed = ({ facts, parts }: Snapshot): Snapshot => ({
  facts: JSON.parse(JSON.stringify(facts)) as Snapshot['facts'],
  parts: parts.map((part) => Uint8Array.from(part)),
});

function said(protocol: typeof v3, options: SearchOptions) {
  const watches = applicable(protocol, single).map(({ watch }) => watch);
  // Fresh tables each time, as in another process.
  const { path, locals, successors, ...counts } = explore(productOf(protocol, single), watches, options);
  const last = counts.states - 1;
  const leads = counts.violations.map((violation) => violation && path(violation.state));
  const next: number[] = [];
  if (counts.complete) successors(last, (label, to) => next.push(label, to));
  return { ...counts, leads, end: path(last), locals: [...locals(last)], next };
}

describe.each([v3, v2])('$id', (protocol) => {
  const whole = said(protocol, {});

  it.each([1, 2, 3, 5])('interrupted when asked for the %d. time, and again each time after', (first) => {
    let snapshot: Snapshot | undefined;
    let rounds = 0;
    for (;;) {
      let asked = 0;
      const found = said(protocol, {
        stop: () => (++asked > first ? 'interrupted' : undefined),
        checkpoint: {
          isDue: () => false,
          keep: (taken) => {
            snapshot = filed(taken);
          },
        },
        ...(snapshot === undefined ? {} : { resume: snapshot }),
      });
      rounds++;
      if (found.limit === 'interrupted') continue;
      expect(found).toEqual(whole);
      break;
    }
    expect(rounds).toBeGreaterThan(1);
  });
});

it('a snapshot taken on the way changes nothing', () => {
  let taken = 0;
  const found = said(v3, { checkpoint: { isDue: () => true, keep: () => taken++ } });
  expect(taken).toBeGreaterThan(3);
  expect(found).toEqual(said(v3, {}));
});

it('charts that are not those of the snapshot are refused', () => {
  let snapshot: Snapshot | undefined;
  const keep = (of: Snapshot) => {
    snapshot = filed(of);
  };
  said(v3, { stop: () => 'interrupted', checkpoint: { isDue: () => false, keep } });
  said(v3, { statesMax: 6000, checkpoint: { isDue: () => true, keep } });
  const resume = snapshot as unknown as Snapshot;
  expect(() => said(lifecycle, { resume })).toThrow(/not those of the snapshot/);
});
