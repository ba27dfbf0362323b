/** A chart too large alone is written as far as the product takes it, and whoever needs more finds out. */
import { describe, expect, it } from 'vitest';
import { chart, role } from '../../models/kit.ts';
import { askSpin, SPIN_NEEDS } from '../../src/cli/confirm/spin.ts';
import { explored } from '../../src/cli/export/explored.ts';
import { realShell } from '../../src/cli/shell.ts';
import { BEYOND, CHART_TOO_LARGE, REFUSED } from '../../src/compile/table.ts';
import type { Watch } from '../../src/compose/observation.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import { expectOk, type Result } from '../../src/core/result.ts';
import { exportTla, TABLES_SUFFICE } from '../../src/export/tla.ts';
import { type FilledProduct, filledAlone, filledTogether } from '../../src/export/whole.ts';
import { lampAndCounter } from './small.ts';
import { readTla } from './tla-reader.ts';

const isMissing = SPIN_NEEDS.some((program) => !realShell.has(program));

/** A tally that alone would count for ever, and a door that lets so many in. */
function tallyAndDoor(room: number): Product {
  const tally = chart<{ readonly n: number }>({
    id: 'tally',
    kind: 'tally',
    actor: 'guest',
    families: { ...role('initiates', 'enter'), ...role('decides', 'leave') },
    context: { n: 0 },
    initial: 'counting',
    states: {
      counting: {
        enter: { set: ({ n }) => ({ n: n + 1 }) },
        leave: { when: ({ n }) => n !== 2, set: ({ n }) => ({ n: n - 1 }) },
      },
    },
    observe: ({ n }) => ({ n }),
  });
  const door = chart<{ readonly left: number }>({
    id: 'door',
    kind: 'door',
    actor: 'keeper',
    families: { ...role('decides', 'enter'), ...role('initiates', 'leave') },
    context: { left: room },
    initial: 'open',
    states: {
      open: {
        enter: { when: ({ left }) => left > 0, set: ({ left }) => ({ left: left - 1 }) },
        leave: { when: ({ left }) => left < room, set: ({ left }) => ({ left: left + 1 }) },
      },
    },
    observe: ({ left }) => ({ left }),
  });
  const model = { charts: [tally, door], alphabet: [{ type: 'enter' }, { type: 'leave' }] };
  return expectOk(composeProduct(model), 'it is within the fragment');
}

/** Room for five: the tally with six inside is met, since it was asked before the door, and what follows is not. */
const filled = expectOk(explored(tallyAndDoor(5)), 'the product is small');
const fullest = {
  kind: 'state',
  clauses: [[{ sum: { 'tally.n': 1 }, is: 'above', to: 4 }]],
  perIndex: false,
} as const;
const never: Watch = { ...fullest, clauses: [[{ sum: { 'tally.n': 1 }, is: 'above', to: 5 }]] };

/** The same with one cell cut out: what the tally does when somebody enters beside so many. */
function withoutCell(inside: number): FilledProduct {
  const [tally, ...others] = filled.tables;
  if (tally === undefined) throw new Error('there is a tally');
  const holed = tally.closed();
  holed.next[inside * holed.labels.length] = BEYOND;
  return { ...filled, tables: [holed, ...others] };
}

describe('a chart too large alone', () => {
  it('is closed after what the product meets, every label asked; the others are whole', () => {
    expect(filled.tables.map(({ isClosed, size }) => [isClosed, size])).toEqual([
      [true, 7],
      [false, 6],
    ]);
    const cells = (state: number) => [0, 1].map((own) => filled.tables[0]?.successor(state, own));
    expect([cells(0), cells(2), cells(5), cells(6)]).toEqual([
      [1, BEYOND],
      [3, REFUSED],
      [6, 4],
      [BEYOND, 5],
    ]);
  });

  it('is refused where it is drawn alone, and where the search of the product does not end', () => {
    const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(({ code }) => code));
    expect(codes(filledAlone(tallyAndDoor(5).tables))).toEqual([CHART_TOO_LARGE]);
    expect(codes(filledTogether(tallyAndDoor(5), () => false))).toEqual([CHART_TOO_LARGE]);
    expect(codes(explored(tallyAndDoor(1e9)))).toContain(CHART_TOO_LARGE);
  });
});

describe('TLA+ over it', () => {
  const said = (product: FilledProduct) => {
    const { config, module } = exportTla(product, { title: 'tally', invariants: [] });
    expect(config).toContain(`\nINVARIANT ${TABLES_SUFFICE}\n`);
    return readTla(module).explore([TABLES_SUFFICE]);
  };

  it('counts what is there, and never needs more', () => {
    expect(said(filled)).toEqual({ states: 6, transitions: 9, violated: [] });
  });

  it.each([0, 4])('notices that a cell is missing: entering beside %i', (inside) => {
    expect(said(withoutCell(inside)).violated).toEqual([TABLES_SUFFICE]);
  });

  it('says nothing of ends where all tables are whole', () => {
    const { config, module } = exportTla(expectOk(explored(lampAndCounter()), 'small'), {
      title: 'lamp',
      invariants: [],
    });
    expect(config + module).not.toContain(TABLES_SUFFICE);
  });
});

describe.skipIf(isMissing)('SPIN over it', () => {
  const asked = [
    { id: 'full', watch: fullest, isViolated: true },
    { id: 'over', watch: never, isViolated: false },
  ];
  const said = (product: FilledProduct) => askSpin(product, 'tally', asked, realShell);

  it('counts what is there, and never needs more', () => {
    expect(said(filled)).toMatchObject({
      states: 6,
      transitions: 9,
      tableEnds: false,
      othersHold: true,
      violated: { full: true },
    });
  });

  it.each([0, 4])(
    'notices that a cell is missing, and takes that for no violation: entering beside %i',
    (inside) => {
      expect(said(withoutCell(inside))).toMatchObject({
        tableEnds: true,
        othersHold: false,
        violated: { full: false },
      });
    },
  );
});
