/** A product small enough to read: a lamp that a switch toggles, and a counter that sees it lit at most twice. */
import { chart, role } from '../../models/kit.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';

export function lampAndCounter(): Product {
  const lamp = chart<Record<string, never>>({
    id: 'lamp[0]',
    kind: 'lamp',
    index: 0,
    actor: 'person',
    families: role('initiates', 'lamp.on', 'lamp.off'),
    context: {},
    initial: 'dark',
    states: { dark: { 'lamp.on': { to: 'lit' } }, lit: { 'lamp.off': { to: 'dark' } } },
    observe: (_, value) => ({ lit: value === 'lit' ? 1 : 0 }),
  });
  const counter = chart<{ readonly n: number }>({
    id: 'counter',
    kind: 'counter',
    actor: 'meter',
    families: role('decides', 'lamp.on'),
    context: { n: 0 },
    initial: 'counting',
    states: {
      counting: { 'lamp.on': { when: ({ n }) => n < 2, set: ({ n }, { pages = 0 }) => ({ n: n + pages }) } },
    },
    observe: ({ n }) => ({ n }),
  });
  const alphabet = [
    { type: 'lamp.on', section: 0, pages: 1 },
    { type: 'lamp.on', section: 0, pages: 2 },
    { type: 'lamp.off', section: 0 },
  ];
  return expectOk(composeProduct({ charts: [lamp, counter], alphabet }), 'it is within the fragment');
}
