/**
 * One run of one of our engines in a process of its own: `child.js CASE ENGINE` prints what it found and what it cost, as JSON.
 * Time is from charts to verdicts, with tables and generated code and without the start of node; for a search alone, without the tables.
 */
import { execFileSync } from 'node:child_process';
import { properties } from '../../properties/all.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import { thousands } from '../../reports/style.ts';
import { type KeptAnswers, runSearch } from '../../src/check/run-search.ts';
import { programBuild } from '../../src/cli/build.ts';
import { keptAnswers } from '../../src/cli/check/answers-file.ts';
import { compileLater } from '../../src/cli/tiering.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { exploreBlocks } from '../../src/search/block/block-search.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { exploreNaively } from '../support/naive.ts';
import { type Case, cases, modelOf, type ProductCase, reference } from './cases.ts';
import type { Ran } from './measure.ts';
import { referenceSplit, referenceWatches } from './reference-model.ts';
import { adjacency } from './reference-xstate.ts';

/** Below the folder that this is compiled to. */
const KEPT = 'reports/generated/bench/answers';

let cpu = process.cpuUsage();
let clock = process.hrtime.bigint();
function begin(): void {
  cpu = process.cpuUsage();
  clock = process.hrtime.bigint();
}
/** Since it began: user CPU, and by the clock on the wall. */
const spent = () => ({
  seconds: process.cpuUsage(cpu).user / 1e6,
  wall: Number(process.hrtime.bigint() - clock) / 1e9,
});

/** Bytes, at most so far. */
const resident = () => process.resourceUsage().maxRSS * 1024;

type Found = Pick<Ran, 'states' | 'transitions'> & { readonly engine?: string };

/** Of several searches of the same: how many, and what was resident when there had been one. */
type Timed = Found & { readonly times: number; readonly bytes: number };

const propertiesOf = ({ protocol, scope }: ProductCase) =>
  properties.filter(({ appliesTo }) => appliesTo(protocol, scope));
const watchesOf = (one: Case) =>
  one.kind === 'reference' ? referenceWatches(one.scope) : propertiesOf(one).map(({ watch }) => watch);

/** Every property or invariant of the case; for our products with replayed traces. */
function judged(one: Case, options: SearchOptions, answers?: KeptAnswers): Found {
  if (one.kind === 'reference') {
    const product = expectOk(composeProduct(modelOf(one)), 'it obeys the rules');
    const found = explore(product, watchesOf(one), options);
    if (found.violations.some((violation) => violation !== undefined))
      throw new Error('the reference model has no violation');
    return found;
  }
  const { protocol, scope } = one;
  const task = {
    variant: protocol.id,
    form: 'pv64',
    scope,
    model: modelOf(one),
    properties: propertiesOf(one),
    ledger: ledgerLines,
    clock: () => 0,
    ...(answers === undefined ? {} : { answers }),
  };
  return expectOk(runSearch(task, options), 'it is in the catalog').search;
}

function chained(one: Case): Found {
  const product = expectOk(composeProduct(modelOf(one)), 'it obeys the rules');
  const found = exploreBlocks(product, [], referenceSplit, { chain: true });
  if ('unfit' in found) throw new Error(found.unfit);
  return found;
}

/** The counts are those of the whole graph, as every orbit knows its size. */
function orbits(one: Case, options: SearchOptions = {}): Found {
  const product = expectOk(composeProduct(modelOf(one)), 'it obeys the rules');
  const found = explore(product, watchesOf(one), { ...options, symmetry: true });
  if (found.whole === undefined || found.violations.some((violation) => violation !== undefined))
    throw new Error(found.engine);
  const [, blocks] = found.engine?.split('; ') ?? [];
  const how = blocks === undefined ? '' : `; ${blocks}`;
  return { ...found.whole, engine: `${thousands(found.states)} orbits${how}` };
}

/** Searches of so many seconds are timed together: what V8 compiles at first then counts as little as in the seconds of other engines. */
const LEAST_SECONDS = 2;

/** What is left when charts have become tables: code generated, searched, watches judged. Again and again where that is short. */
function alone(one: Case, options: SearchOptions): Timed {
  const product = expectOk(composeProduct(modelOf(one)), 'it obeys the rules');
  const watches = watchesOf(one);
  explore(product, watches, options);
  begin();
  const found = explore(product, watches, options);
  const bytes = resident();
  let times = 1;
  for (; spent().seconds < LEAST_SECONDS; times++) explore(product, watches, options);
  return { ...found, times, bytes };
}

/** With answers of XState that an earlier process has kept; where there are none yet, this process is that one. */
function kept(one: Case, options: SearchOptions): Found {
  const its = keptAnswers({ folder: KEPT, build: programBuild() }, [one]);
  if (its.known.length > 0) return judged(one, options, its);
  judged(one, options, its);
  if (keptAnswers({ folder: KEPT, build: programBuild() }, [one]).known.length === 0)
    throw new Error('nothing was kept');
  const [node = '', ...words] = process.argv;
  process.stdout.write(execFileSync(node, words));
  process.exit();
}

const engines: Readonly<Record<string, (one: Case) => Found | Timed>> = {
  plain: (one) => judged(one, { engine: 'plain' }),
  'two-threads': (one) => judged(one, { engine: 'plain', threads: 2 }),
  symmetry: (one) => orbits(one),
  'block-symmetry': (one) => orbits(one, { engine: 'block', split: referenceSplit }),
  block: (one) => judged(one, { engine: 'block' }),
  'block-by-hand': (one) => judged(one, { engine: 'block', split: referenceSplit }),
  'block-two-threads': (one) => judged(one, { engine: 'block', split: referenceSplit, threads: 2 }),
  chain: chained,
  'plain-alone': (one) => alone(one, { engine: 'plain' }),
  'block-alone': (one) =>
    alone(one, { engine: 'block', ...(one.kind === 'reference' ? { split: referenceSplit } : {}) }),
  'plain-kept': (one) => kept(one, { engine: 'plain' }),
  'block-kept': (one) => kept(one, { engine: 'block' }),
  naive: (one) => exploreNaively(modelOf(one), watchesOf(one)),
  'xstate-graph': (one) => {
    if (one.kind !== 'reference') throw new Error('only the reference model is one machine');
    return adjacency(one.scope);
  },
};

const [name, engine] = process.argv.slice(2);
/** `reference N,P,H` also of a size that no case has. */
const ofSize = /^reference (\d+),(\d+),(\d+)$/
  .exec(name ?? '')
  ?.slice(1)
  .map(Number) as [number, number, number] | undefined;
const one: Case | undefined =
  cases.find((some) => some.name === name) ?? (ofSize && { ...reference(...ofSize), rounds: 1 });
const run = engines[engine ?? ''];
if (one === undefined || run === undefined) throw new Error(`no case ${name} or no engine ${engine}`);

// As the command does; not where XState's own code is what is measured.
if (!['naive', 'xstate-graph'].includes(engine ?? '')) compileLater();
begin();
const found = run(one);
const { seconds, wall } = spent();
const { states, transitions, engine: note } = found;
const { times, bytes } = 'times' in found ? found : { times: 1, bytes: resident() };
const ran: Ran = {
  states,
  transitions,
  seconds: seconds / times,
  wall: wall / times,
  bytes,
  ...(note === undefined ? {} : { note }),
};
console.log(JSON.stringify(ran));
