/**
 * What can be forced from outside, as committed.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checklist, renderChecklist, renderSeen } from '../../src/gen/checklist.ts';
import { ballast } from '../cli/fake-io.ts';

const PATH = '../../reports/FORCED.md';
const committed = (): string => readFileSync(new URL(PATH, import.meta.url), 'utf8');

describe('the checklist', () => {
  it('is the one in reports/FORCED.md', async () => {
    const ran = await ballast('gen checklist');
    expect(ran.exit).toBe(0);
    // `npm run golden` rewrites it.
    await expect(ran.out()).toMatchFileSnapshot(PATH);
  }, 60_000);

  it('has a reason for whatever is not forced', () => {
    const rows = checklist(
      [
        'block: online -offline.begin-> goingOffline',
        'balloon: reserved -p2m.enomem-> settling',
        'section: goingOnline -populate.ok-> goingOnline',
      ],
      new Set(['block: online -offline.begin-> goingOffline']),
    );
    expect(rows.map(({ how }) => how)).toEqual(['never', 'act', 'race']);
    const text = renderChecklist(['target.set', 'p2m.enomem'], rows, 'this');
    expect(text).toContain('| block | 1 | 1 |');
    expect(text).toContain('| `p2m.enomem` | never |');
    expect(text).toMatch(/only in the middle of what somebody else does.*:\n {2}- `section: goingOnline/);
  });

  it('says what real logs show of it', () => {
    const [a, b, c] = [
      'block: absent -add.ok-> offline',
      'balloon: settling -sleep-> asleep',
      'balloon: shrinking -decrease.nomem-> settling',
    ];
    const rows = checklist([a, b, c] as string[], new Set([a, b] as string[]));
    const text = renderSeen(rows, new Set([a, c] as string[]), 1);
    expect(text).toContain('1 of the 2 forced transitions are in these 1 logs.');
    expect(text).toMatch(
      /Not seen:\n\n- `balloon: settling -sleep-> asleep`\n\nSeen although no plan forces them:\n\n- `balloon: shrinking/,
    );
  });

  it('refuses a log that is none', async () => {
    const ran = await ballast('gen checklist --log nowhere');
    expect(ran.exit).toBe(65);
    expect(ran.out()).toBe('');
  }, 60_000);

  it('lists what the scripts take, and nothing that no product reaches', () => {
    // Transitions that the suite takes and the reference product does not would be listed as reached: there are none of these.
    expect(committed()).toMatch(/\| balloon \| \d+ \| \d+ \|/);
    expect(committed()).not.toContain('disordered');
  });
});
