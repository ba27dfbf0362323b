/** `ballast spec` as its users meet it. The searches are those of the smallest scope. */
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { requirements } from '../../properties/requirements/all.ts';
import { ballast, lastLine, type Ran, world } from '../cli/fake-io.ts';
import { store } from '../logs/real-logs.ts';

const SHORT = 'check --variant v0 v3 lifecycle --scope single --out runs --quiet';
const PARTIAL = 'check --variant v0 --scope single --property I-2 --out runs --quiet';

/** A world with the files that a run of check left. */
async function after(check: string) {
  const ran = await ballast(check);
  expect(ran.exit).toBe(0);
  const folder = [...ran.files.keys()]
    .find((path) => path.endsWith('/verdict.json'))
    ?.replace(/\/verdict.json$/, '');
  if (folder === undefined) throw new Error('no verdict.json');
  return { folder, files: Object.fromEntries(ran.files) };
}

const run: { folder: string; files: Record<string, string> } = { folder: '', files: {} };
beforeAll(async () => {
  Object.assign(run, await after(SHORT));
});

const spec = (words: string): Promise<Ran> => ballast(`spec ${words}`, world({ logs: store }, run.files));

describe('with a run and real logs', () => {
  it('answers what that run can answer, and says what it did not search', async () => {
    const ran = await spec(`--from ${run.folder} --logs .`);
    const codes = [...ran.out().matchAll(/^✗ (\w+) (R-\w+)/gm)].map(([, code, id]) => [code, id]);
    expect(codes).toEqual([
      ['SPEC_NOT_SEARCHED', 'R-P5'],
      ['SPEC_NOT_SEARCHED', 'R-P6'],
      ['SPEC_NOT_SEARCHED', 'R-P7'],
      ['SPEC_NOT_SEARCHED', 'R-K4'],
      ['SPEC_NOT_SEARCHED', 'R-K5'],
      ['SPEC_NOT_SEARCHED', 'R-K10'],
      ['SPEC_NOT_SEARCHED', 'R-K13'],
      ['SPEC_NOT_SEARCHED', 'R-L7'],
      ['SPEC_NOT_SEARCHED', 'R-L8'],
      ['SPEC_NOT_SEARCHED', 'R-L10'],
      ['SPEC_NOT_SEARCHED', 'R-M1'],
      ['SPEC_NOT_SEARCHED', 'R-M4'],
      ['SPEC_NOT_SEARCHED', 'R-M6'],
      ['SPEC_NOT_SEARCHED', 'R-M14'],
      ['SPEC_NOT_SEARCHED', 'R-M18'],
      ['SPEC_NOT_SEARCHED', 'R-X13'],
      ['SPEC_NOT_SEARCHED', 'R-X14'],
      ['SPEC_NOT_SEARCHED', 'R-X15'],
    ]);
    expect(ran.exit).toBe(2);
    expect(ran.out()).toContain('refuted by W0a (I-2): v0');
    expect(ran.out()).toMatch(/Logs: 01-balloon \(accepted by v3\), 02-hotplug/);
    expect(lastLine(ran.out())).toBe(`Reproduce: ballast spec --from ${run.folder} --logs .`);
  });

  it('JSON has the published shape, and real logs behind the labels', async () => {
    const ran = await spec(`--from ${run.folder} --logs . --format json`);
    const strings = z.array(z.string());
    const shape = z.object({
      schema: z.literal('ballast.spec/1'),
      reproduce: z.string(),
      counts: z.object({ requirements: z.literal(requirements.length) }).catchall(z.number()),
      searches: z.array(
        z.object({ variant: z.string(), form: z.string(), scope: z.string(), states: z.number() }),
      ),
      logs: z.array(z.object({ name: z.string(), variant: z.string(), verdict: z.string() })).nullable(),
      requirements: z.array(
        z.object({
          id: z.string().regex(/^R-[PKALMX]\d+$/),
          status: z.enum(['modelled', 'not modelled']),
          sentence: z.string(),
          source: z.object({ text: z.string(), tree: z.string(), path: z.string(), symbol: z.string() }),
          verdicts: z.array(
            z.object({
              variant: z.string(),
              form: z.string(),
              verdict: z.enum(['verified', 'refuted', 'bounded', 'vacuous', 'no row']),
              scopes: strings,
              because: z.array(z.object({ what: z.string(), id: z.string(), why: z.string().optional() })),
            }),
          ),
          logs: strings,
          notSeen: strings,
        }),
      ),
      problems: z.array(z.object({ code: z.string(), message: z.string() })),
    });
    const found = shape.parse(JSON.parse(ran.out()));
    const logsOf = (id: string) => found.requirements.find((one) => one.id === id)?.logs;
    expect(logsOf('R-M8')).toContain('02-hotplug');
    expect(logsOf('R-M16')).toContain('04-offline-movable');
    expect(logsOf('R-K5')).toContain('03-auto-online');
    expect(logsOf('R-P2')).not.toContain('04-offline-movable');
    expect(found.requirements.flatMap(({ notSeen }) => notSeen)).toEqual([]);
    expect(ran.err()).toContain('SPEC_NOT_SEARCHED');
  });

  it('writes where -o says, and the same bytes each time', async () => {
    const words = `--from ${run.folder} --no-logs --format markdown -o out.md`;
    const [one, two] = [await spec(words), await spec(words)];
    expect(one.out()).toBe('');
    expect(one.files.get('out.md')).toMatch(/^# Ballast: requirements/);
    expect(one.files.get('out.md')).toBe(two.files.get('out.md'));
  });
});

it('a run that answers for little is 1: no evidence is no pass', async () => {
  const { folder, files } = await after(PARTIAL);
  const ran = await ballast(`spec --from ${folder} --no-logs`, world({}, files));
  expect(ran.exit).toBe(1);
  expect(ran.out()).toContain('SPEC_NO_EVIDENCE R-X9 is neither verified nor refuted');
  expect(ran.out()).not.toContain('SPEC_NO_EVIDENCE R-P8 ');
});

it('a violation that nobody knows is 1', async () => {
  const path = `${run.folder}/verdict.json`;
  const report = JSON.parse(run.files[path] ?? '');
  const at = report.cases.find(
    (one: { variant: string; property: string }) => one.variant === 'lifecycle' && one.property === 'I-22',
  );
  at.verdict = { kind: 'violated', trace: [], violating: 1 };
  const files = { ...run.files, [path]: JSON.stringify(report) };
  const ran = await ballast(`spec --from ${run.folder} --no-logs`, world({}, files));
  expect(ran.exit).toBe(1);
  expect(ran.out()).toContain('SPEC_NEW_REFUTATION R-P2 is refuted by I-22 in lifecycle');
});

describe('what cannot be used', () => {
  it.each([
    ['--from nowhere --no-logs', 65, 'SPEC_NO_RUN'],
    ['--from broken --no-logs', 65, 'SPEC_BAD_RUN'],
    ['--from odd --no-logs', 65, 'SPEC_BAD_RUN'],
    ['--logs nowhere --from broken', 65, 'SPEC_NO_LOGS'],
    ['--format yaml', 64, 'INVALID_ARGUMENT'],
  ])('%s is %i, %s', async (words, exit, code) => {
    const files = { 'broken/verdict.json': '{', 'odd/verdict.json': '{"schema":"ballast.check/2"}' };
    const ran = await ballast(`spec ${words}`, world({ logs: store }, files));
    expect(ran.exit).toBe(exit);
    expect(ran.err()).toContain(code);
    expect(ran.out()).toBe('');
  });

  it('both inputs are told at once', async () => {
    const ran = await ballast('spec --from nowhere --logs nothing', world({ logs: store }));
    expect(ran.err()).toContain('SPEC_NO_RUN');
    expect(ran.err()).toContain('SPEC_NO_LOGS');
  });
});
