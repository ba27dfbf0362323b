/** A gigabyte of trace, judged as it comes, in a heap of 64 MiB. */
import { expect, it } from 'vitest';
import { watchInBoundedMemory } from '../support/bounded-watch.ts';

it('a gigabyte goes through a small heap', async () => {
  expect(await watchInBoundedMemory(2 ** 30, 400)).toEqual({ code: 0, out: 'accepted - -\n', err: '' });
}, 3_600_000);
