/** Cases as `ballast fuzz` prints them, pasted. */
import { expect, it } from 'vitest';
import { brokenBy } from './fuzzed.ts';

it('no-rollback breaks I-27', () => {
  const size = { sections: 64, pagesPerSection: 32768, domains: 1 };
  const labels = [
    { type: 'max.set', pages: 131073 },
    { type: 'target.set', pages: 131073 },
    { type: 'max.set', pages: 163840 },
    { type: 'hotplug.done' },
    { type: 'reserve.ok', first: 0, count: 1 },
    { type: 'fill.ok', section: 0, pages: 32768 },
    { type: 'fill.full' },
    { type: 'mutex.drop' },
    { type: 'add.begin' },
    { type: 'add.eexist', first: 0, count: 1 },
    { type: 'add.end' },
  ];
  expect(brokenBy('no-rollback', size, labels)).toContain('I-27');
  expect(brokenBy('lifecycle', size, labels)).toEqual([]);
});

it('a pasted label that is not enabled is no silent pass', () => {
  const size = { sections: 4, pagesPerSection: 512, domains: 1 };
  expect(() => brokenBy('v3', size, [{ type: 'sleep' }])).toThrow('1 labels are not enabled');
});
