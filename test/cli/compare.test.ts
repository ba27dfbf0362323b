/** The three verbs that compare variants: diff, fixes, history. */
import { describe, expect, it } from 'vitest';
import { ballast } from './fake-io.ts';

describe('ballast diff', () => {
  it('shows what the patch of the callback cures, and the run on which it does otherwise', async () => {
    const ran = await ballast('diff v3 v3+callback=testP2m --scope single --json --quiet');
    expect(ran.exit).toBe(0);
    const difference = JSON.parse(ran.out());
    expect(difference.changes.map((row: { property: string }) => row.property)).toEqual([
      'I-9',
      'I-10',
      'I-16',
      'I-27',
      'I-31',
      'I-41',
      'I-43',
    ]);
    expect(difference.gained.label.type).toBe('online.kept');
    expect(difference.lost.label.type).toBe('online.page');
    // The callback is where they part; up to there the two do the same.
    expect(difference.gained.run).toEqual(difference.lost.run);
  });

  it('is the same for a variant and its spelling, and says that it has seen everything', async () => {
    const ran = await ballast('diff v3-patched v3+callback=testP2m --scope single --quiet');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('No run is gained: all of');
    expect(ran.out()).toContain('No run is lost: all of');
  });

  it('refuses a variant and itself, and names that do not exist', async () => {
    expect((await ballast('diff v3 v3')).exit).toBe(64);
    const ran = await ballast('diff v3 v3+callbak=none');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('UNKNOWN_FIELD');
  });
});

describe('ballast fixes', () => {
  it('finds the patch that ended the deadlock of 4.4', async () => {
    const ran = await ballast('fixes D-1 --variant v2-4.4 --scope pair --batch 1 --retries 1 --json --quiet');
    expect(ran.exit).toBe(0);
    const { tried } = JSON.parse(ran.out());
    const cures = tried.filter(
      (fix: { verdict: string; breaks: string[] }) => fix.verdict === 'holds' && fix.breaks.length === 0,
    );
    expect(cures.map(({ change }: { change: string }) => change)).toEqual(['dropMutexOverAdd=true']);
  });

  it('puts the cure that breaks nothing first, and says what the others cost', async () => {
    const ran = await ballast('fixes I-27 --scope single --quiet');
    const [, first, second] = ran.out().split('\n');
    expect(first).toMatch(/^callback=testP2m +I-9 I-10 I-16 I-27 +nothing$/);
    expect(second).toMatch(/^countCurrent=true +I-9 I-10 I-27 +I-24$/);
  });

  it('refuses a property that is not broken', async () => {
    const ran = await ballast('fixes I-2 --scope single --quiet');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('NOTHING_TO_FIX');
  });
});

it('fixes tells changes without effect from those that leave it broken', async () => {
  const ran = await ballast('fixes D-3 --scope single --quiet');
  const text = ran.out().replaceAll(/\s+/g, ' ');
  const [, broken = '', idle = ''] =
    /stays broken with ([^.]*)\. Without effect there: ([^.]*)\./.exec(text) ?? [];
  // Only the counters of 3.1 settle what is expected; a callback is asked in every variant.
  expect(idle).toContain('settlesExpected=false');
  expect(broken).not.toContain('settlesExpected');
  expect(broken).toContain('callback=testP2m');
});

describe('ballast history', () => {
  it('refuses a scope or a variant without a row in the catalog: every finding would read as not shown', async () => {
    for (const words of ['--scope wide --variant v3', '--scope single --variant v3+callback=testP2m']) {
      const ran = await ballast(`history ${words} --quiet`);
      expect(ran.exit).toBe(64);
      expect(ran.err()).toContain('NO_CATALOG_ROW');
      expect(ran.out()).toBe('');
    }
  });

  it('shows since when the leak is there, and that the lost target came with the thread', async () => {
    const ran = await ballast('history --scope single --json --quiet');
    expect(ran.exit).toBe(0);
    const { findings, unnamed } = JSON.parse(ran.out());
    const where = (id: string) => [
      ...new Set(
        findings
          .find((finding: { id: string }) => finding.id === id)
          .shown.map(({ variant }: { variant: string }) => variant),
      ),
    ];
    expect(where('W3d')).toEqual(['v1c', 'v2-4.4', 'v2-4.11', 'v3']);
    expect(where('lost-target')).toEqual(['v3', 'v3-patched']);
    expect(where('W1d')).toEqual(['v1c']);
    expect(unnamed).toEqual([]);
  });
});
