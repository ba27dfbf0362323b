/**
 * What a table cannot represent is refused by name (xstate-notes: history, after, invoke, spawn, non-plain context …).
 */
import type { ModelChart } from '../core/chart.ts';
import type { Problem } from '../core/result.ts';

/** A transition as configured: a target's name, or a record with actions. */
type Handler = string | { readonly actions?: unknown };

interface NodeConfig {
  readonly type?: string;
  readonly history?: unknown;
  readonly after?: unknown;
  readonly invoke?: unknown;
  readonly always?: unknown;
  readonly entry?: unknown;
  readonly exit?: unknown;
  readonly on?: Readonly<Record<string, Handler | readonly Handler[]>>;
  readonly states?: Readonly<Record<string, NodeConfig>>;
}

const FORBIDDEN = [
  ['after', 'HAS_AFTER', 'time is a label, not a delay'],
  ['invoke', 'HAS_INVOKE', 'an actor that a table cannot hold'],
  ['always', 'HAS_ALWAYS', 'a step nobody else can see'],
  ['history', 'HAS_HISTORY', 'the state key does not hold history'],
  ['entry', 'HAS_ENTRY', 'put the update on the transition'],
  ['exit', 'HAS_EXIT', 'put the update on the transition'],
] as const;

/** Everything wrong with the chart's shape, all at once. */
export function fragmentProblems(chart: ModelChart): Problem[] {
  const root = chart.machine.config as NodeConfig;
  const problems: Problem[] = [];
  visit(root, chart.id, (node, path) => {
    for (const [key, code, why] of FORBIDDEN)
      if (node[key] !== undefined) problems.push({ code, message: `${path} uses ${key}: ${why}` });
    if (node.type === 'parallel')
      problems.push({ code: 'HAS_PARALLEL', message: `${path} is parallel: use one chart a region` });
    if (node.type === 'history')
      problems.push({ code: 'HAS_HISTORY', message: `${path} is a history state` });
    for (const [family, handlers] of Object.entries(node.on ?? {}))
      for (const type of foreignActions(handlers))
        problems.push({
          code: 'HAS_ACTION',
          message: `${path} runs ${type} on ${family}: only assign leaves all to be seen in the table`,
        });
    if (path !== chart.id && node.states !== undefined)
      problems.push({ code: 'HAS_NESTED', message: `${path} has states inside: charts are flat` });
  });
  return [...problems, ...familyProblems(chart, root), ...contextProblems(chart, root)];
}

function visit(node: NodeConfig, path: string, see: (node: NodeConfig, path: string) => void): void {
  see(node, path);
  for (const [name, child] of Object.entries(node.states ?? {})) visit(child, `${path}.${name}`, see);
}

/** Built-in actions other than assign: raise, sendTo, spawnChild, enqueueActions … */
function foreignActions(handlers: Handler | readonly Handler[]): string[] {
  const list: readonly Handler[] = Array.isArray(handlers) ? handlers : [handlers as Handler];
  const actions = list.flatMap((handler) => (typeof handler === 'string' ? [] : [handler.actions])).flat();
  return actions.flatMap((action) => {
    const type = typeof action === 'function' ? (action as { readonly type?: unknown }).type : undefined;
    return typeof type === 'string' && type.startsWith('xstate.') && type !== 'xstate.assign' ? [type] : [];
  });
}

/** Handled families and declared families must be the same set. */
function familyProblems(chart: ModelChart, root: NodeConfig): Problem[] {
  const handled = new Set<string>();
  visit(root, chart.id, (node) => {
    for (const family of Object.keys(node.on ?? {})) handled.add(family);
  });
  const declared = Object.keys(chart.families);
  return [
    ...[...handled]
      .filter((family) => !declared.includes(family))
      .map((family) => ({
        code: 'FAMILY_UNDECLARED',
        message: `${chart.id} handles ${family} outside its alphabet`,
      })),
    ...declared
      .filter((family) => !handled.has(family))
      .map((family) => ({
        code: 'FAMILY_UNHANDLED',
        message: `${chart.id} declares ${family} and no state handles it`,
      })),
  ];
}

function contextProblems(chart: ModelChart, root: NodeConfig & { readonly context?: unknown }): Problem[] {
  return plainProblem(chart.id, root.context ?? {});
}

/** Contexts hold integers and strings; anything else has no faithful key. */
export function plainProblem(chartId: string, context: unknown): Problem[] {
  if (typeof context !== 'object' || context === null || Array.isArray(context))
    return [{ code: 'CONTEXT_NOT_PLAIN', message: `${chartId}'s context is not a plain record` }];
  return Object.entries(context)
    .filter(
      ([, value]) => !(typeof value === 'string' || (Number.isSafeInteger(value) && !Object.is(value, -0))),
    )
    .map(([key, value]) => ({
      code: 'CONTEXT_NOT_PLAIN',
      message: `${chartId}'s context key ${key} is not an integer or a string`,
      got: String(value),
    }));
}
