/**
 * What can be forced from outside, as committed.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checklist, renderChecklist } from '../../src/gen/checklist.ts';
import { ballast } from '../cli/fake-io.ts';

const committed = (): string => readFileSync(new URL('../../reports/FORCED.md', import.meta.url), 'utf8');

describe('the checklist', () => {
  it('is the one in reports/FORCED.md', async () => {
    const ran = await ballast('gen checklist');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toBe(committed());
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

  it('lists what the scripts take, and nothing that no product reaches', () => {
    // Transitions that the suite takes and the reference product does not would be listed as reached: there are none of these.
    expect(committed()).toMatch(/\| balloon \| \d+ \| \d+ \|/);
    expect(committed()).not.toContain('disordered');
  });
});
