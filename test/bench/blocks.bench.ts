/**
 * Blocks beside plain states and SPIN on the reference model, and beside plain states on v3 and lifecycle: user CPU from charts to
 * verdict, interleaved, with what the split came to. Counts must agree. `BALLAST_LARGE=1` adds five sections.
 */
import { spawnSync } from 'node:child_process';
import { it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { full } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { thousands } from '../../reports/style.ts';
import { realShell } from '../../src/cli/shell.ts';
import type { Watch } from '../../src/compose/observation.ts';
import type { Model } from '../../src/core/chart.ts';
import { exploreBlocks } from '../../src/search/block/block-search.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { compose } from '../support/blocks.ts';
import { type ReferenceScope, referenceModel, referenceSplit, referenceWatches } from './reference-model.ts';
import { referencePromela } from './reference-promela.ts';

interface Ran {
  readonly states: number;
  /** What SPIN counts differently is left out. */
  readonly transitions: number;
  readonly seconds: number;
  readonly note: string;
}
interface Engine {
  readonly name: string;
  readonly run: () => Ran;
}

function ours(name: string, model: () => Model, watches: readonly Watch[], options: SearchOptions): Engine {
  return {
    name,
    run: () => {
      const before = process.cpuUsage();
      const { states, transitions, engine } = explore(compose(model()), watches, options);
      return { states, transitions, seconds: process.cpuUsage(before).user / 1e6, note: engine ?? '' };
    },
  };
}

function chaining(scope: ReferenceScope): Engine {
  return {
    name: 'blocks, reachability only',
    run: () => {
      const before = process.cpuUsage();
      const found = exploreBlocks(compose(referenceModel(scope)), [], referenceSplit, { chain: true });
      if ('unfit' in found) throw new Error(found.unfit);
      const { states, transitions } = found;
      return { states, transitions, seconds: process.cpuUsage(before).user / 1e6, note: '' };
    },
  };
}

/** gcc's time is left out. */
function spin(scope: ReferenceScope): Engine {
  return {
    name: 'SPIN, depth first, idiomatic Promela',
    run: () =>
      realShell.inFolder({ 'model.pml': referencePromela(scope) }, (folder) => {
        realShell.run('spin', ['-a', 'model.pml'], folder);
        realShell.run('gcc', ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c'], folder);
        const command = 'TIMEFORMAT=%U; time ./pan -m20000000 -w27';
        const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
        const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
        return {
          states: number(/([\de.+]+) states, stored/),
          transitions: number(/([\de.+]+) transitions/) - 1,
          seconds: Number(stderr.trim().split('\n').at(-1)),
          note: '',
        };
      }),
  };
}

function compare(name: string, engines: readonly Engine[], rounds: number): void {
  const found = engines.map((): Ran[] => []);
  for (let round = 0; round < rounds; round++)
    engines.forEach(({ run }, at) => {
      found[at]?.push(run());
    });
  const medians = found.map(
    (runs) => runs.map(({ seconds }) => seconds).sort((a, b) => a - b)[rounds >> 1] ?? 0,
  );
  const [first] = found.flat();
  console.log(
    `\n${name}: ${thousands(first?.states ?? 0)} states, ${thousands(first?.transitions ?? 0)} transitions`,
  );
  engines.forEach((engine, at) => {
    const seconds = medians[at] ?? 0;
    const [ran] = found[at] ?? [];
    const ratio = ((medians.at(-1) ?? 0) / seconds).toFixed(1);
    console.log(
      `  ${engine.name.padEnd(40)} ${seconds.toFixed(2).padStart(8)} s ${ratio.padStart(8)}×  ${ran?.note ?? ''}`,
    );
  });
  for (const { states } of found.flat())
    if (Math.abs(states - (first?.states ?? 0)) > 1e-6 * states)
      throw new Error(`${name} is not counted alike: ${states}`);
}

const reference = (scope: ReferenceScope): readonly Engine[] => {
  const model = () => referenceModel(scope);
  const watches = referenceWatches(scope);
  const isLarge = scope.sections > 4;
  return [
    ours('blocks, breadth first, all invariants', model, watches, { engine: 'block', split: referenceSplit }),
    ours('blocks, split measured', model, watches, { engine: 'block' }),
    chaining(scope),
    ...(isLarge ? [] : [ours('plain states, all invariants', model, watches, {})]),
    ...(['spin', 'gcc'].every((program) => realShell.has(program)) ? [spin(scope)] : []),
  ];
};

it('the reference model', () => {
  compare('reference 4,2,8', reference({ sections: 4, pages: 2, host: 8 }), 3);
  if (process.env['BALLAST_LARGE'] === undefined) return;
  compare('reference 5,2,10', reference({ sections: 5, pages: 2, host: 10 }), 1);
});

it.each([v3, lifecycle])('$id', (protocol) => {
  const model = () => guestModel(protocol, pv64, full);
  compare(
    `${protocol.id}/full`,
    [ours('blocks, split measured', model, [], { engine: 'block' }), ours('plain states', model, [], {})],
    3,
  );
});
