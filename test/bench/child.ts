/**
 * One run of one of our engines in a process of its own: `child.js CASE ENGINE` prints what it found and what it cost, as JSON.
 * Time is from charts to verdicts, with tables and generated code and without the start of node.
 */
import { properties } from '../../properties/all.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import { thousands } from '../../reports/style.ts';
import { runSearch } from '../../src/check/run-search.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { exploreBlocks } from '../../src/search/block/block-search.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { exploreNaively } from '../support/naive.ts';
import { type Case, cases, modelOf, type ProductCase } from './cases.ts';
import type { Ran } from './measure.ts';
import { referenceSplit, referenceWatches } from './reference-model.ts';
import { adjacency } from './reference-xstate.ts';

type Found = Pick<Ran, 'states' | 'transitions'> & { readonly engine?: string };

const propertiesOf = ({ protocol, scope }: ProductCase) =>
  properties.filter(({ appliesTo }) => appliesTo(protocol, scope));
const watchesOf = (one: Case) =>
  one.kind === 'reference' ? referenceWatches(one.scope) : propertiesOf(one).map(({ watch }) => watch);

/** Every property or invariant of the case; for our products with replayed traces. */
function judged(one: Case, options: SearchOptions): Found {
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
function orbits(one: Case): Found {
  const product = expectOk(composeProduct(modelOf(one)), 'it obeys the rules');
  const found = explore(product, watchesOf(one), { symmetry: true });
  if (found.whole === undefined) throw new Error(found.engine);
  return { ...found.whole, engine: `${thousands(found.states)} orbits` };
}

const engines: Readonly<Record<string, (one: Case) => Found>> = {
  plain: (one) => judged(one, { engine: 'plain' }),
  'two-threads': (one) => judged(one, { engine: 'plain', threads: 2 }),
  symmetry: orbits,
  block: (one) => judged(one, { engine: 'block' }),
  'block-by-hand': (one) => judged(one, { engine: 'block', split: referenceSplit }),
  chain: chained,
  naive: (one) => exploreNaively(modelOf(one), watchesOf(one)),
  'xstate-graph': (one) => {
    if (one.kind !== 'reference') throw new Error('only the reference model is one machine');
    return adjacency(one.scope);
  },
};

const [name, engine] = process.argv.slice(2);
const one = cases.find((some) => some.name === name);
const run = engines[engine ?? ''];
if (one === undefined || run === undefined) throw new Error(`no case ${name} or no engine ${engine}`);

const cpu = process.cpuUsage();
const clock = process.hrtime.bigint();
const { states, transitions, engine: note } = run(one);
const { user } = process.cpuUsage(cpu);
const ran: Ran = {
  states,
  transitions,
  seconds: user / 1e6,
  wall: Number(process.hrtime.bigint() - clock) / 1e9,
  bytes: process.resourceUsage().maxRSS * 1024,
  ...(note === undefined ? {} : { note }),
};
console.log(JSON.stringify(ran));
