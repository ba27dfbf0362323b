/**
 * A monitor for the kernel: the control of one chart, projected onto the events that the kernel can see. Counters are forgotten and
 * unseen steps may happen at any time, so it accepts every run of the chart, and with it of every product, at any size; what it
 * refuses, no run of the model shows. Written in the DOT dialect that the kernel's dot2c and dot2k read.
 * Source: Linux Documentation/trace/rv/deterministic_automata.rst, tools/verification/dot2/automata.py.
 */
import type { Control } from '../compile/control.ts';
import { eventOf, type MonitorKind } from './monitor-events.ts';

/** A deterministic automaton in which every state accepts; a missing transition is a violation. */
export interface Monitor {
  readonly kind: MonitorKind;
  readonly initial: string;
  readonly states: readonly string[];
  readonly transitions: readonly { readonly from: string; readonly event: string; readonly to: string }[];
}

/** Sets of control states that the same events can have led to, those that allow the same futures made one. */
export function monitorOf(kind: MonitorKind, control: Control): Monitor {
  const moves = control.transitions.map(({ from, family, to }) => ({
    from,
    event: eventOf(kind, family),
    to,
  }));
  const closure = (states: ReadonlySet<string>): ReadonlySet<string> => {
    const found = new Set(states);
    for (const state of found)
      for (const { from, event, to } of moves) if (from === state && event === undefined) found.add(to);
    return found;
  };
  const keyOf = (states: ReadonlySet<string>) =>
    control.states.filter((state) => states.has(state)).join('+');
  const start = closure(new Set([control.initial]));
  const sets = new Map([[keyOf(start), start]]);
  const steps = new Map<string, Map<string, string>>();
  for (const [key, states] of sets) {
    const row = new Map<string, string>();
    for (const { event } of kind.events) {
      const next = closure(
        new Set(moves.filter((one) => one.event === event && states.has(one.from)).map(({ to }) => to)),
      );
      if (next.size === 0) continue;
      row.set(event, keyOf(next));
      sets.set(keyOf(next), next);
    }
    steps.set(key, row);
  }
  const groups = alike([...sets.keys()], steps);
  const name = namesOf(groups, keyOf(start));
  const representatives = [...new Set(groups.values())];
  return {
    kind,
    initial: name(keyOf(start)),
    states: representatives.map(name),
    transitions: representatives.flatMap((key) =>
      [...(steps.get(key) ?? [])].map(([event, to]) => ({ from: name(key), event, to: name(to) })),
    ),
  };
}

/** Moore: states are told apart by what they allow, then by where that leads, until nothing changes. To each its representative. */
function alike(
  states: readonly string[],
  steps: ReadonlyMap<string, ReadonlyMap<string, string>>,
): ReadonlyMap<string, string> {
  let group = new Map(states.map((state) => [state, '']));
  for (;;) {
    const first = new Map<string, string>();
    const next = new Map(
      states.map((state) => {
        const row = [...(steps.get(state) ?? [])].map(([event, to]) => `${event}>${group.get(to) ?? ''}`);
        const key = row.join(' ');
        first.set(key, first.get(key) ?? state);
        return [state, first.get(key) ?? state];
      }),
    );
    if (states.every((state) => next.get(state) === group.get(state))) return next;
    group = next;
  }
}

/** A group is called after its first control state, as a C identifier that no event has; a second one of that name gets a number. */
function namesOf(groups: ReadonlyMap<string, string>, start: string): (key: string) => string {
  const names = new Map<string, string>();
  const order = [groups.get(start) ?? start, ...groups.values()];
  for (const key of new Set(order)) {
    const base = `is_${(key.split('+')[0] ?? key).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    const taken = [...names.values()].filter((name) => name === base || name.startsWith(`${base}_`)).length;
    names.set(key, taken === 0 ? base : `${base}_${taken + 1}`);
  }
  return (key) => names.get(groups.get(key) ?? key) ?? key;
}

/** The automaton for dot2c and dot2k; the file must be called after the monitor. */
export function exportMonitor({ kind, initial, states, transitions }: Monitor): string {
  const others = states.filter((state) => state !== initial);
  const labels = new Map<string, string[]>();
  for (const { from, event, to } of transitions) {
    const key = `"${from}" -> "${to}"`;
    labels.set(key, [...(labels.get(key) ?? []), event]);
  }
  return [
    'digraph state_automaton {',
    `\t{node [shape = circle] "${initial}"};`,
    `\t{node [shape = plaintext, style=invis, label=""] "__init_${initial}"};`,
    `\t{node [shape = doublecircle] "${initial}"};`,
    ...others.map((state) => `\t{node [shape = circle] "${state}"};`),
    `\t"__init_${initial}" -> "${initial}";`,
    ...states.map((state) => `\t"${state}" [label = "${state}"];`),
    ...[...labels].map(([arrow, events]) => `\t${arrow} [ label = "${events.join('\\n')}" ];`),
    '\t{ rank = min ;',
    `\t\t"__init_${initial}";`,
    `\t\t"${initial}";`,
    '\t}',
    '}',
    `// ${kind.summary}`,
    '',
  ].join('\n');
}

/** Which probe gives which event, as Markdown. `functions`: by probe, the kernel function. */
export function exportEvents(monitors: readonly Monitor[], functionOf: (probe: string) => string): string {
  return [
    '# From probes to events',
    '',
    ...monitors.flatMap(({ kind, transitions }) => [
      `## ${kind.name}: ${kind.summary}`,
      '',
      `Every event only where ${kind.scope}.`,
      '',
      '| event | function | probe | condition |',
      '|---|---|---|---|',
      ...kind.events
        .filter(({ event }) => transitions.some((one) => one.event === event))
        .map(
          ({ event, probe, condition }) =>
            `| \`${event}\` | \`${functionOf(probe)}\` ${probe.endsWith('_ret') ? 'return' : 'entry'} | \`${probe}\` | ${condition} |`,
        ),
      '',
    ]),
  ].join('\n');
}
