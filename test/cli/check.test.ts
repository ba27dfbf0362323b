/** `ballast check` from words to exit code, on scopes of a fraction of a second. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { variants } from '../../models/variants/all.ts';
import { catalog } from '../../properties/catalog.ts';
import { planCheck } from '../../src/cli/check/plan.ts';
import { inThisThread, type Searcher } from '../../src/cli/check/searcher.ts';
import type { CheckReport } from '../../src/core/run-report.ts';
import { ballast, lastLine, world } from './fake-io.ts';

const QUICK = 'check --variant v0 --scope single';

const broken: Searcher = {
  atOnce: 1,
  run: () => Promise.reject(new Error('the table is upside down')),
  interrupt: () => {},
};

describe('exit codes', () => {
  it.each([
    [0, `${QUICK} --property I-2`, 'a violation that the catalog expects'],
    [0, 'check --variant lifecycle --scope single', 'everything holds'],
    [1, 'check --variant v3-patched --scope pair --property D-3', 'a violation without a catalog row'],
    [2, 'check --variant lifecycle --scope single --max-states 500', 'a search that stopped early'],
    [64, 'check --frobnicate', 'an unknown flag'],
    [64, 'chekc', 'an unknown verb'],
    [64, '', 'no verb'],
    [64, 'check --variant v9', 'an unknown variant'],
    [64, 'check --scope nowhere', 'an unknown scope'],
    [64, 'check --explain I-99', 'an unknown id'],
    [64, 'check --max-states none', 'a flag that is not a number'],
    [64, 'check --targets 3,2,1', 'flags that make no scope'],
    [64, 'check --variant v3 --property I-3', 'nothing left to check'],
    [65, 'check --scope gone.json', 'a file that is not there'],
    [0, '--help', 'help'],
    [0, 'check --help', 'help of a verb'],
    [0, '--version', 'the version'],
    [0, 'check --list', 'the list'],
  ])('%i: %s (%s)', async (exit, words) => {
    const ran = await ballast(words);
    expect(ran.exit).toBe(exit);
    if (exit >= 64) {
      expect(ran.out()).toBe('');
      expect(ran.err()).toMatch(words === '' ? /Usage/ : /^ballast: [A-Z_]+ /);
    }
    expect(ran.err()).not.toMatch(/^\s+at /m);
  });

  it('70: a bug of ours is short and says how to report it', async () => {
    const ran = await ballast(QUICK, world({ search: broken }));
    expect(ran.exit).toBe(70);
    expect(ran.err()).toContain('INTERNAL the table is upside down');
    expect(ran.err()).toContain('Please report it');
    expect(ran.err()).not.toMatch(/^\s+at /m);
    const debugged = await ballast(QUICK, world({ search: broken, debug: true }));
    expect(debugged.err()).toMatch(/^\s+at /m);
  });

  it('2: 32 MiB are not enough for three sections: bounded by memory, with what was found', async () => {
    const ran = await ballast('check --variant lifecycle --scope wide --property I-9 --memory 32MiB --json');
    expect(ran.exit).toBe(2);
    const { cases, searches } = shape.parse(JSON.parse(ran.out()));
    const verdicts = cases.map(({ verdict }) => (verdict.kind === 'bounded' ? verdict.limit : verdict.kind));
    expect(new Set(verdicts)).toEqual(new Set(['memory']));
    expect(searches[0]?.states).toBeGreaterThan(1_000_000);
    expect(searches[0]).toMatchObject({ limit: 'memory' });
  });

  it('75: interrupted, finished searches are kept', async () => {
    const at = world({
      search: {
        ...inThisThread,
        run: (tasks, hooks) =>
          inThisThread.run(tasks, {
            ...hooks,
            onDone: (task, outcome) => {
              hooks.onDone(task, outcome);
              at.interrupt();
            },
          }),
      },
    });
    const ran = await ballast('check --variant v0 lifecycle --scope single --json --out reports', at);
    expect(ran.exit).toBe(75);
    const { cases } = shape.parse(JSON.parse(ran.out()));
    const kinds = (variant: string) =>
      new Set(cases.filter((one) => one.variant === variant).map(({ verdict }) => verdict.kind));
    expect(kinds('v0')).toEqual(new Set(['holds', 'violated', 'vacuous']));
    expect(kinds('lifecycle')).toEqual(new Set(['bounded']));
    expect(ran.files.get('reports/check-20100727T120000Z/verdict.json')).toBe(ran.out());
    expect(ran.isHeard()).toBe(false);
  });

  it('2: out of time', async () => {
    let now = 0;
    const ran = await ballast(
      'check --variant v0 --scope single --timeout 5',
      world({ now: () => (now += 4000) }),
    );
    expect(ran.exit).toBe(2);
    expect(ran.out()).toContain('? bounded: time');
  });
});

describe('what can be done again', () => {
  it.each([
    'check --variant v3-patched --scope pair',
    'check --variant lifecycle --scope single --max-states 500',
  ])('the last line of %s ends the same way', async (words) => {
    const first = await ballast(words);
    const command = /^Reproduce: ballast (.*)$/.exec(lastLine(first.out()))?.[1] ?? '';
    const second = await ballast(command);
    expect(first.exit).toBeGreaterThan(0);
    expect(second.exit).toBe(first.exit);
    expect(lastLine(second.out())).toBe(lastLine(first.out()));
  });

  it('names the flags that made the scope', async () => {
    const ran = await ballast(
      'check --variant v3-patched --sections 1 --targets 1,2,3 --host 3 --no-rival --property D-3',
    );
    expect(lastLine(ran.out())).toBe(
      'Reproduce: ballast check --variant v3-patched --scope full --sections 1 --host 3 --targets 1,2,3 --no-rival --property D-3',
    );
  });

  it('a scope made by flags that is a preset has its name, and its catalog row', async () => {
    const ran = await ballast('check --variant v0 --sections 1 --targets 1,2,3 --host 3 --property I-2');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('W0a in 6');
  });
});

const verdict = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('holds') }),
  z.strictObject({
    kind: z.literal('violated'),
    trace: z.array(z.looseObject({ type: z.string() })),
    violating: z.int(),
    loopFrom: z.int().optional(),
  }),
  z.strictObject({ kind: z.literal('vacuous'), witness: z.string() }),
  z.strictObject({ kind: z.literal('bounded'), limit: z.string() }),
]);

const shape = z.strictObject({
  schema: z.literal('ballast.check/1'),
  searches: z.array(
    z.strictObject({
      variant: z.string(),
      form: z.string(),
      scope: z.string(),
      bounds: z.record(z.string(), z.unknown()),
      states: z.int(),
      transitions: z.int(),
      depth: z.int(),
      limit: z.string().optional(),
      expected: z.strictObject({ states: z.int(), transitions: z.int(), depth: z.int() }).optional(),
      neverTaken: z.array(z.strictObject({ family: z.string(), why: z.string().optional() })),
    }),
  ),
  cases: z.array(
    z.strictObject({
      variant: z.string(),
      form: z.string(),
      scope: z.string(),
      property: z.string(),
      title: z.string(),
      statement: z.string(),
      at: z.enum(['state', 'step', 'quiescent', 'possible', 'temporal']),
      fairness: z.array(z.string()).optional(),
      verdict,
      expected: z.enum(['holds', 'violated', 'vacuous', 'bounded']).optional(),
      expectedLength: z.int().optional(),
      finding: z.string().optional(),
      standing: z.enum(['expected', 'unexpected', 'inconclusive']),
      trace: z
        .strictObject({
          labels: z.array(z.looseObject({ type: z.string() })),
          start: z.record(z.string(), z.int()),
          steps: z.array(
            z.strictObject({
              label: z.string(),
              actor: z.string(),
              moved: z.array(z.strictObject({ chart: z.string(), from: z.string(), to: z.string() })),
              ledger: z.record(z.string(), z.int()),
            }),
          ),
          loopFrom: z.int().optional(),
          broken: z.array(z.string()),
        })
        .optional(),
      reproduce: z.string(),
    }),
  ),
  deviations: z.array(
    z.strictObject({
      code: z.string(),
      variant: z.string(),
      form: z.string(),
      scope: z.string(),
      message: z.string(),
    }),
  ),
  reproduce: z.string(),
});

describe('--json', () => {
  it.each([
    QUICK,
    'check --variant v3-patched --scope pair',
    'check --variant lifecycle --scope single --max-states 500',
  ])('%s has the published shape and nothing else on stdout', async (words) => {
    const ran = await ballast(`${words} --json`);
    expect(shape.parse(JSON.parse(ran.out())).cases.length).toBeGreaterThan(10);
  });

  it('the same search gives the same bytes, whatever the clock says', async () => {
    let time = 0;
    const first = await ballast(`${QUICK} --json`);
    const second = await ballast(`${QUICK} --json`, world({ clock: () => (time += 777), now: () => 5 }));
    expect(second.out()).toBe(first.out());
  });
});

describe('what a run leaves behind', () => {
  it('a folder with verdict.json, report.md, what other programs read, two files per violation, and latest', async () => {
    const ran = await ballast(`${QUICK} --out reports`);
    const folder = 'reports/check-20100727T120000Z';
    const found = [...ran.files.keys()].sort();
    const violated = ['I-2', 'I-24', 'I-27', 'I-3', 'I-41', 'I-5', 'I-9'].map(
      (id) => `${folder}/traces/v0-single-${id}.json`,
    );
    const itf = violated.map((name) => name.replace('.json', '.itf.json'));
    const whole = ['report.md', 'verdict.json', 'junit.xml', 'results.sarif'].map(
      (name) => `${folder}/${name}`,
    );
    expect(found).toEqual([...whole, ...violated, ...itf].sort());
    expect(ran.links.get('reports/latest')).toBe('check-20100727T120000Z');
    for (const name of violated) {
      const trace = JSON.parse(ran.files.get(name) ?? '') as {
        schema: string;
        labels: unknown[];
        steps: unknown[];
      };
      expect(trace.schema).toBe('ballast.trace/1');
      expect(trace.labels.length).toBe(trace.steps.length);
    }
    expect(ran.err()).toContain(`Report: ${folder}/report.md`);
  });

  it('the traces of each guest form under names of their own', async () => {
    const words =
      'check --variant v0 --scope single --property I-2 --form pv-x86_64 hvm-x86_64 --out reports';
    const ran = await ballast(words);
    const traces = [...ran.files.keys()]
      .filter((name) => name.includes('/traces/'))
      .map((name) => name.split('/').at(-1));
    expect(traces.sort()).toEqual([
      'v0-single-I-2.itf.json',
      'v0-single-I-2.json',
      'v0-single-hvm-x86_64-I-2.itf.json',
      'v0-single-hvm-x86_64-I-2.json',
    ]);
  });

  it('a second run within the second gets a folder of its own', async () => {
    const at = world();
    await ballast(`${QUICK} --out reports`, at);
    await ballast(`${QUICK} --out reports`, at);
    expect(at.links.get('reports/latest')).toBe('check-20100727T120000Z-2');
  });

  it('a folder that cannot be made is found before the search', async () => {
    const at = world({ search: broken });
    at.io.files.makeFolder('');
    const denied = {
      ...at.io.files,
      makeFolder: () => {
        throw new Error('read-only');
      },
    };
    const ran = await ballast(`${QUICK} --out reports`, { ...at, io: { ...at.io, files: denied } });
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('OUT_NOT_WRITABLE');
  });
});

describe('selection', () => {
  const names = (flags: Parameters<typeof planCheck>[0]) => {
    const plan = planCheck(flags, world().io.files);
    return plan.ok ? plan.value.tasks.map(({ variant, scope }) => `${variant}/${scope.name}`) : plan.problems;
  };

  it('without arguments: the default rows of the catalog', () => {
    expect(names({})).toEqual(
      catalog.filter((row) => row.default).map(({ variant, scope }) => `${variant}/${scope}`),
    );
  });

  it.each([
    [{ variant: ['v3'] }, ['v3/full', 'v3/nobody']],
    [{ variant: ['v0,v3'], scope: ['single'] }, ['v0/single', 'v3/single']],
    [{ scope: ['single'] }, variants.map(({ id }) => `${id}/single`)],
    [{ mutant: ['claim-late', 'mutex-held-over-add'] }, ['claim-late/single', 'mutex-held-over-add/pair']],
    [{ mutant: ['claim-late'], scope: ['full'] }, ['claim-late/full']],
    [{ variant: ['lifecycle'], sections: '3', targets: '1,2,7', host: '7' }, ['lifecycle/wide']],
    [{ variant: ['lifecycle'], sections: '1' }, ['lifecycle/full-changed']],
  ])('%j', (flags, expected) => {
    expect(names(flags)).toEqual(expected);
  });
});

describe('progress', () => {
  it('a line every ten seconds, one for each search that ends, a banner; none of it with --quiet', async () => {
    let time = 0;
    const slow = () => (time += 3000);
    const ran = await ballast(QUICK, world({ clock: slow }));
    const lines = ran.err().split('\n');
    expect(lines[0]).toBe('ballast 0.0.0, node v0: ballast check --variant v0 --scope single');
    expect(lines.filter((line) => /^v0\/single depth \d+ · [\d,]+ states/.test(line)).length).toBeGreaterThan(
      0,
    );
    expect(lines.filter((line) => /^v0\/single {2}\d/.test(line)).length).toBe(1);
    const quiet = await ballast(`${QUICK} --quiet`, world({ clock: slow }));
    expect(quiet.err()).toBe('');
    expect(quiet.out()).not.toContain('──');
  });

  it('on a terminal one line is rewritten', async () => {
    let time = 0;
    const ran = await ballast(QUICK, world({ errIsTerminal: true, clock: () => (time += 3000) }));
    expect(ran.err()).toContain('\r\u001b[Kv0/single depth');
  });
});

describe('--symmetry', () => {
  it('says the same as without, and tells on stderr what was reduced', async () => {
    const plain = await ballast('check --variant v3 --scope blocks --property I-9 D-3 --json');
    const orbits = await ballast('check --variant v3 --scope blocks --property I-9 D-3 --json --symmetry');
    const { searches, cases } = JSON.parse(orbits.out()) as CheckReport;
    const same = JSON.parse(plain.out()) as CheckReport;
    expect(searches).toEqual(same.searches);
    const told = ({ verdict }: CheckReport['cases'][number]) =>
      verdict.kind === 'violated' ? [verdict.trace.length, verdict.violating] : verdict.kind;
    expect(cases.map(told)).toEqual(same.cases.map(told));
    expect(orbits.err()).toMatch(/^v3\/blocks: symmetry of the two ends of 2 sections: \d+ orbits/m);
  });

  it('in blocks of bits: the same, and who tells sections apart where blocks do not do', async () => {
    const asked = 'check --variant v3 --scope pair --property I-9 D-3 --json';
    const [plain, blocks] = [await ballast(asked), await ballast(`${asked} --symmetry --engine block`)];
    const { searches } = JSON.parse(blocks.out()) as CheckReport;
    expect(searches).toEqual((JSON.parse(plain.out()) as CheckReport).searches);
    expect(blocks.err()).toMatch(/^v3\/pair: symmetry of 2 sections in any order: \d+ orbits.*; blocks of/m);
    const apart = await ballast(`${asked} --symmetry --engine block --split section.inUse`);
    expect(apart.err()).toMatch(
      /^v3\/pair: symmetry of .*; plain states, since section.inUse of section\[0\] would be that of section\[1\]$/m,
    );
  });

  it('says why it does not apply', async () => {
    const one = await ballast('check --variant v3 --scope single --property I-9 --symmetry');
    expect(one.err()).toMatch(/^v3\/single: no symmetry: there are not two sections$/m);
    const loops = await ballast('check --variant v3 --scope blocks --property I-38 --symmetry');
    expect(loops.err()).toMatch(/^v3\/blocks: no symmetry: I-38: a loop is looked for in the whole graph$/m);
    expect([one.exit, loops.exit]).toEqual([0, 0]);
  });
});

describe('--engine block', () => {
  const split = 'toolstack.target,toolstack.pending,books.target,need.target,wake.target,hypervisor.max';

  it('says the same as plain states, and tells on stderr how it was done', async () => {
    const plain = await ballast('check --variant v3 --scope single --json');
    const block = await ballast(`check --variant v3 --scope single --json --engine block --split ${split}`);
    const { searches, cases } = JSON.parse(block.out()) as CheckReport;
    const same = JSON.parse(plain.out()) as CheckReport;
    expect(searches).toEqual(same.searches);
    expect(cases.map(({ verdict }) => verdict)).toEqual(same.cases.map(({ verdict }) => verdict));
    expect(block.err()).toMatch(/^v3\/single: (blocks of|plain states, since)/m);
  });

  it('refuses names that no chart has, and flags that are for plain states, all at once', async () => {
    const unknown = await ballast('check --variant v3 --scope single --engine block --split toolstack.targt');
    expect(unknown.err()).toContain('SPLIT_UNKNOWN no chart has a variable toolstack.targt');
    const flags = await ballast('check --variant v3 --split toolstack --max-states 5 --engine blok');
    expect(flags.err()).toContain('FLAG_CHOICE --engine is not usable');
    const both = await ballast('check --variant v3 --engine block --max-states 5');
    expect(both.err()).toContain('FLAG_CONFLICT --max-states is for plain states');
    expect([unknown.exit, flags.exit, both.exit]).toEqual([64, 64, 64]);
  });
});
