/**
 * Reads back the TLA+ that we write, knowing its operators only by their text, and explores it state by state. Not a TLA+ tool:
 * it shows that tables, guards, moves and invariants say what the product says.
 */

type Values = Readonly<Record<string, number>>;
type Evaluate = (values: Values) => unknown;

export interface TlaModel {
  readonly variables: readonly string[];
  /** How many states and transitions there are, and which invariants some state violates. */
  readonly explore: (invariants: readonly string[]) => {
    readonly states: number;
    readonly transitions: number;
    readonly violated: readonly string[];
  };
}

export function readTla(text: string): TlaModel {
  const definitions = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, body] = /^(\w+) == (.*)$/.exec(line) ?? [];
    if (name !== undefined && body !== undefined) definitions.set(name, body);
  }
  const variables = (/^VARIABLES (.*)$/m.exec(text)?.[1] ?? '').split(', ');
  const tables = [...definitions].filter(([, body]) => body.startsWith('<<') && /^<<[-\d<]/.test(body));
  const constants = Object.fromEntries(
    tables.map(([name, body]) => [name, JSON.parse(body.replaceAll('<<', '[').replaceAll('>>', ']'))]),
  ) as Readonly<Record<string, unknown>>;
  const evaluator = (body: string): Evaluate => {
    const compiled = new Function(
      ...Object.keys(constants),
      ...variables,
      `return ${javascript(body, definitions)};`,
    );
    return (values) => compiled(...Object.values(constants), ...variables.map((name) => values[name]));
  };
  const actions = [...definitions]
    .filter(([name]) => /^L\d+$/.test(name))
    .map(([name, body]) => {
      const moves = [...body.matchAll(/(\w+)' = (\S+(?: \+ 1\]\[\d+\]))/g)].map(
        ([, variable = '', value = '']) => [variable, evaluator(value)] as const,
      );
      return { guard: evaluator(definitions.get(name.replace('L', 'G')) ?? 'FALSE'), moves };
    });
  return {
    variables,
    explore: (invariants) => {
      const judges = invariants.map((name) => [name, evaluator(definitions.get(name) ?? '')] as const);
      const violated = new Set<string>();
      const initial = Object.fromEntries(variables.map((name) => [name, 0]));
      const queue: Values[] = [initial];
      const known = new Set([JSON.stringify(initial)]);
      let transitions = 0;
      for (const state of queue) {
        for (const [name, judge] of judges) if (judge(state) !== true) violated.add(name);
        for (const { guard, moves } of actions) {
          if (guard(state) !== true) continue;
          transitions++;
          const after = {
            ...state,
            ...Object.fromEntries(moves.map(([name, move]) => [name, Number(move(state))])),
          };
          const key = JSON.stringify(after);
          if (known.has(key)) continue;
          known.add(key);
          queue.push(after);
        }
      }
      return { states: queue.length, transitions, violated: [...violated] };
    },
  };
}

/** TLA+ counts elements of a tuple from 1; guards are written out where they are named. */
function javascript(body: string, definitions: ReadonlyMap<string, string>): string {
  return body
    .replace(/\bG\d+\b/g, (name) => `(${definitions.get(name)})`)
    .replace(/(\w+) \+ 1\]/g, '$1]')
    .replace(/\]\[(\d+)\]/g, (_, n) => `][${Number(n) - 1}]`)
    .replaceAll('/\\', '&&')
    .replaceAll('\\/', '||')
    .replaceAll('~', '!')
    .replaceAll('FALSE', 'false')
    .replace(/ # /g, ' !== ')
    .replace(/ = /g, ' === ');
}
