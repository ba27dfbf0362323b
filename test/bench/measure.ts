/** Interleaved rounds, medians, ratios. */
import { spawnSync } from 'node:child_process';
import { thousands } from '../../reports/style.ts';
import type { Case } from './cases.ts';

export interface Ran {
  readonly states: number;
  /** SPIN counts one more, for the way in; that one is taken off. Not counted: NaN. */
  readonly transitions: number;
  /** User CPU. */
  readonly seconds: number;
  readonly wall: number;
  /** Most that was resident; for SPIN what it says it used. */
  readonly bytes: number;
  readonly note?: string;
}

export interface Engine {
  readonly name: string;
  readonly takes: (one: Case, states: number) => boolean;
  /** Does not promise to visit every state: its counts are not compared. */
  readonly isLossy?: boolean;
  /** Of so many states it is asked in the first round only. */
  readonly onceFrom?: number;
  /** With the number of states that there are, as the first engine found it. */
  readonly run: (one: Case, states: number) => Ran;
}

export interface Result extends Ran {
  readonly engine: string;
  readonly rounds: number;
}

export interface CaseResult {
  readonly name: string;
  readonly family: string;
  readonly states: number;
  readonly transitions: number;
  readonly results: readonly Result[];
}

/** A program that prints a `Ran` as its last line. */
export function inProcess(command: readonly string[]): Ran {
  const [program = '', ...args] = command;
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stderr}`);
  return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '') as Ran;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export function compare(one: Case, engines: readonly Engine[]): CaseResult {
  const found = new Map<Engine, Ran[]>();
  let states = 0;
  for (let round = 0; round < one.rounds; round++)
    for (const engine of engines) {
      if (!engine.takes(one, states)) continue;
      if (round > 0 && states >= (engine.onceFrom ?? Number.POSITIVE_INFINITY)) continue;
      const ran = engine.run(one, states);
      if (states === 0) states = ran.states;
      found.set(engine, [...(found.get(engine) ?? []), ran]);
    }
  const results = [...found].map(([{ name }, runs]): Result => {
    const of = (pick: (ran: Ran) => number) => median(runs.map(pick));
    const [first] = runs;
    return {
      engine: name,
      rounds: runs.length,
      states: first?.states ?? Number.NaN,
      transitions: first?.transitions ?? Number.NaN,
      seconds: of((ran) => ran.seconds),
      wall: of((ran) => ran.wall),
      bytes: of((ran) => ran.bytes),
      ...(first?.note === undefined ? {} : { note: first.note }),
    };
  });
  mustAgree(
    one,
    [...found].flatMap(([engine, runs]) => (engine.isLossy ? [] : runs)),
  );
  const transitions = results.map((result) => result.transitions).find((count) => count > 0);
  return { name: one.name, family: one.kind, states, transitions: transitions ?? Number.NaN, results };
}

/** SPIN prints large counts with eight digits. */
const DIGITS = 1e-7;

function mustAgree(one: Case, runs: readonly Ran[]): void {
  for (const count of ['states', 'transitions'] as const) {
    const counts = runs.map((ran) => ran[count]).filter((value) => value > 0);
    const [first = 0] = counts;
    const other = counts.find((value) => Math.abs(value - first) > DIGITS * first);
    if (other !== undefined) throw new Error(`${one.name}: ${first} ${count}, and ${other}`);
  }
}

const HEAD = ['engine', 'user s', 'wall s', 'states/s', 'bytes a state', 'SPIN ÷ this'];

/** In lines of Markdown; the last column is how often it fits into SPIN's best exhaustive mode. */
export function table({ name, states, transitions, results }: CaseResult, yardstick: string): string[] {
  const exact = results.filter(({ engine }) => engine.startsWith(yardstick) && !engine.includes('lossy'));
  const best = Math.min(...exact.map(({ seconds }) => seconds));
  const rows = results.map(({ engine, seconds, wall, bytes, note, states: own }) => [
    note === undefined ? engine : `${engine} – ${note}`,
    seconds.toFixed(2),
    wall.toFixed(2),
    thousands(Math.round(own / seconds)),
    (bytes / own).toFixed(bytes < 100 * own ? 1 : 0),
    Number.isFinite(best) ? `${(best / seconds).toFixed(best < 10 * seconds ? 2 : 0)}×` : '',
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const counts = Number.isNaN(transitions) ? '' : `, ${thousands(transitions)} transitions`;
  const secondsOf = (its: string) => results.find(({ engine }) => engine === its)?.seconds;
  const [graph, alone] = [secondsOf('@xstate/graph'), secondsOf('plain states, search alone')];
  const searches =
    graph === undefined || alone === undefined
      ? []
      : [
          `The search of plain states alone fits ${thousands(Math.round(graph / alone))} times into @xstate/graph.`,
          '',
        ];
  return [
    `## ${name}`,
    '',
    `${thousands(states)} states${counts}; median of ${results[0]?.rounds ?? 0}.`,
    '',
    line(HEAD),
    line(HEAD.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...rows.map(line),
    '',
    ...searches,
  ];
}
