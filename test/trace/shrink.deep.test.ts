/**
 * How often a shrunk random walk is as short as the shortest run there is. It need not be: a walk that took another way round
 * (an order given up and written again, another domain taking memory) cannot become the shortest run by leaving steps out.
 */
import { expect, it } from 'vitest';
import { v0 } from '../../models/variants/v0.ts';
import { v3 } from '../../models/variants/v3.ts';
import { shrunkWalks } from './promises.ts';

it('in most cases', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const rows = [
    ...['I-2', 'I-3', 'I-5', 'I-24', 'I-27', 'I-9'].map((id) => ({ id, protocol: v0 })),
    ...['I-9', 'I-10', 'I-16', 'I-27', 'D-3'].map((id) => ({ id, protocol: v3 })),
  ].map(({ id, protocol }) => ({ name: `${protocol.id} ${id}`, ...shrunkWalks(protocol, id, seeds) }));
  const equal = rows.flatMap(({ lengths, shortest }) => lengths.filter((length) => length === shortest));
  const all = rows.flatMap(({ lengths }) => lengths);
  for (const { name, walks, lengths, shortest } of rows)
    console.log(`${name}: walks of ${walks.map(({ length }) => length)} to ${lengths}; shortest ${shortest}`);
  console.log(`${equal.length} of ${all.length} as short as the shortest run`);
  for (const { name, lengths, shortest } of rows)
    expect(Math.min(...lengths), name).toBeGreaterThanOrEqual(shortest);
  expect(equal.length / all.length).toBeGreaterThan(0.5);
}, 300_000);
