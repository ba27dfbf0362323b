/**
 * A chart as a drawing for other tools: Graphviz DOT and Mermaid. Control states are nodes; all families that lead from one to
 * another stand at one arrow.
 */
import type { Control } from '../compile/control.ts';

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly families: readonly string[];
}

function arrowsOf({ transitions }: Control): readonly Arrow[] {
  const groups = new Map<string, { from: string; to: string; families: string[] }>();
  for (const { from, family, to } of transitions) {
    const key = `${from} ${to}`;
    const arrow = groups.get(key) ?? { from, to, families: [] };
    arrow.families.push(family);
    groups.set(key, arrow);
  }
  return [...groups.values()];
}

export function exportDot(name: string, control: Control): string {
  const quoted = JSON.stringify;
  return [
    `digraph ${quoted(name)} {`,
    '  rankdir=LR; node [shape=box, style=rounded, fontname="sans-serif"]; edge [fontname="monospace", fontsize=10];',
    '  "" [shape=point];',
    `  "" -> ${quoted(control.initial)};`,
    ...control.states.map((state) => `  ${quoted(state)};`),
    ...arrowsOf(control).map(
      ({ from, to, families }) => `  ${quoted(from)} -> ${quoted(to)} [label="${families.join('\\n')}"];`,
    ),
    '}',
    '',
  ].join('\n');
}

export function exportMermaid(name: string, control: Control): string {
  return [
    '---',
    `title: ${name}`,
    '---',
    'stateDiagram-v2',
    `  [*] --> ${control.initial}`,
    ...arrowsOf(control).map(({ from, to, families }) => `  ${from} --> ${to} : ${families.join('<br/>')}`),
    '',
  ].join('\n');
}
