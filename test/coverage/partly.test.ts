/** A chart too large alone is followed for a part: the product must not suffer, and the reasons must say so. */
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { chart, role } from '../../models/kit.ts';
import { pair, single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { recordExploration } from '../../src/coverage/exploration.ts';
import { productGraph } from '../../src/coverage/product-graph.ts';
import { aloneIn } from '../../src/coverage/universe.ts';
import { triedAlone, whyNot } from '../../src/coverage/why.ts';

/** A dial that alone shows every number, shorter ones first, and a lock that takes 9, seven times: no table of the dial has the last. */
function dialAndLock(): Product {
  const dial = chart<{ readonly n: number }>({
    id: 'dial',
    kind: 'dial',
    actor: 'guest',
    families: role('initiates', 'dial'),
    context: { n: 0 },
    initial: 'showing',
    states: { showing: { dial: { set: ({ n }, { pages = 0 }) => ({ n: n * 10 + pages }) } } },
    observe: ({ n }) => ({ n }),
  });
  const lock = chart<{ readonly left: number }>({
    id: 'lock',
    kind: 'lock',
    actor: 'keeper',
    families: role('decides', 'dial'),
    context: { left: 7 },
    initial: 'taking',
    states: {
      taking: {
        dial: {
          when: ({ left }, { pages }) => left > 0 && pages === 9,
          set: ({ left }) => ({ left: left - 1 }),
        },
      },
    },
    observe: ({ left }) => ({ left }),
  });
  const alphabet = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((pages) => ({ type: 'dial', pages }));
  return expectOk(composeProduct({ charts: [dial, lock], alphabet }), 'it is within the fragment');
}

const options = { source: 'dial', variant: 'dial', k: 2 };

describe('a product with a chart too large alone', () => {
  it('is explored whole, and what the chart can do alone is known to be a part', () => {
    const product = dialAndLock();
    const graph = productGraph(product);
    const alone = aloneIn(product, 1);
    expect([...alone.partly]).toEqual(['dial']);
    expect(recordExploration(graph, alone, options).product).toEqual({ states: 8, transitions: 7, pairs: 6 });
  });

  it('loses nothing where the chart was followed first, and then the two are not put together', () => {
    const product = dialAndLock();
    const alone = aloneIn(product, 1);
    const graph = productGraph(product);
    expect(graph.states).toBe(8);
    expect(() => recordExploration(graph, alone, options)).toThrow('followed alone before its product');
  });
});

describe('why not, where charts were followed for a part', () => {
  const tried = (scope: typeof pair, ...partly: readonly string[]) => ({
    ...triedAlone(scope.name, guestModel(v3, pv64, scope)),
    partly: new Set(partly),
  });

  it('no chart can, as far as it was followed', () => {
    const [here, there] = [tried(pair), tried(single, 'slot')];
    const never = (element: string) => whyNot(element, here, [here, there]);
    expect(never('slot: free -intrude-> both')).toEqual({
      kind: 'not followed',
      text: 'no chart can as far as it was followed, in single for a part',
    });
    expect(never('block: offline -online.begin-> online').kind).toBe('unreachable');
    expect(never('slot: free -fly-> moon').kind).toBe('unreachable');
  });

  it('nor is a scope called too small', () => {
    const [small, there] = [{ ...tried(single), alone: new Set<string>() }, tried(pair)];
    const element = 'section: online -reserve.ok-> disordered';
    expect(whyNot(element, small, [small, there]).kind).toBe('needs scope');
    const cut = { ...small, partly: new Set(['section']) };
    expect(whyNot(element, cut, [cut, there])).toEqual({
      kind: 'not followed',
      text: 'the chart alone can in pair; in single it was followed for a part',
    });
  });
});
