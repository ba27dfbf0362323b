/** Links: what is shown as text, and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkTo, parseLink, type Route } from '../../src/ui/link.ts';
import { prop } from '../support/prop.ts';

const text = fc.string({ minLength: 1, unit: 'grapheme' });
const place = fc.nat({ max: 999_999_999 });
const noSlash = text.filter((one) => !one.includes('/'));
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>(
    { view: 'verdicts' },
    { view: 'runs' },
    { view: 'coverage' },
    { view: 'requirements' },
    { view: 'logs' },
    { view: 'charts' },
    { view: 'live', walk: '' },
  ),
  fc.record({ view: fc.constant('case' as const), id: text, step: place }),
  fc.record({ view: fc.constant('log' as const), name: text, record: place }),
  fc.record({ view: fc.constant('charts' as const), variant: noSlash, kind: text }),
  fc.record({
    view: fc.constant('live' as const),
    variant: noSlash,
    scope: text,
    walk: fc.array(fc.nat({ max: 999 })).map((ids) => ids.join('.')),
  }),
  fc.record({
    view: fc.constant('live' as const),
    variant: noSlash,
    scope: text,
    of: text,
    walk: fc.array(fc.nat({ max: 999 })).map((ids) => ids.join('.')),
  }),
);

describe('links', () => {
  prop('come back as what they show', { route: routes }, ({ route }) => {
    expect(parseLink(linkTo(route))).toEqual(route);
  });

  prop('survive the address bar', { route: routes }, ({ route }) => {
    expect(parseLink(new URL(linkTo(route), 'file:///tmp/a.html').hash)).toEqual(route);
  });

  it.each([
    ['#case=v3-full-I-10&step=12', { view: 'case', id: 'v3-full-I-10', step: 12 }],
    ['#case=v3-full-I-10', { view: 'case', id: 'v3-full-I-10', step: 0 }],
    ['#step=3&case=a', { view: 'case', id: 'a', step: 3 }],
    ['#case=a&step=-1', { view: 'case', id: 'a', step: 0 }],
    ['#case=a&step=1e9', { view: 'case', id: 'a', step: 0 }],
    ['#chart=v3', { view: 'charts', variant: 'v3' }],
    ['#log=04-offline-movable&record=7', { view: 'log', name: '04-offline-movable', record: 7 }],
    ['#live=v3/pair&walk=0.3.12', { view: 'live', variant: 'v3', scope: 'pair', walk: '0.3.12' }],
    [
      '#live=v3/pair&of=1a2b3c4d&walk=0',
      { view: 'live', variant: 'v3', scope: 'pair', of: '1a2b3c4d', walk: '0' },
    ],
    ['#live=v3/pair', { view: 'live', variant: 'v3', scope: 'pair', walk: '' }],
  ])('%s', (hash, route) => {
    expect(parseLink(hash)).toEqual(route);
  });

  it.each(['', '#', '#nothing', '#%', '#%%%=1', '#__proto__', '#constructor=1'])(
    '%j shows the first view',
    (hash) => {
      expect(parseLink(hash)).toEqual({ view: 'verdicts' });
      expect(parseLink(hash, { view: 'live', walk: '' })).toEqual({ view: 'live', walk: '' });
    },
  );

  it('is short and readable', () => {
    expect(linkTo({ view: 'case', id: 'v3-full-I-10', step: 12 })).toBe('#case=v3-full-I-10&step=12');
    expect(linkTo({ view: 'live', variant: 'v3', scope: 'pair', walk: '0.3.12' })).toBe(
      '#live=v3/pair&walk=0.3.12',
    );
  });
});
