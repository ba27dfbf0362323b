/**
 * What the page shows, as the part of its address after `#`: `case=v3-full-I-10&step=12`. A link is enough to see the same.
 */
export type Route =
  | { readonly view: 'verdicts' }
  | { readonly view: 'runs' }
  | { readonly view: 'case'; readonly id: string; readonly step: number }
  | { readonly view: 'charts'; readonly variant?: string; readonly kind?: string }
  | { readonly view: 'coverage' }
  | { readonly view: 'requirements' }
  | { readonly view: 'logs' }
  | { readonly view: 'log'; readonly name: string; readonly record: number }
  | {
      readonly view: 'live';
      readonly variant?: string;
      readonly scope?: string;
      readonly of?: string;
      readonly walk: string;
    };

export type View = Route['view'];

const PLAIN = ['runs', 'coverage', 'requirements', 'logs', 'charts', 'live'] as const;

/** Anything that is no link of ours shows `fallback`. A step that is no number is the start. */
export function parseLink(hash: string, fallback: Route = { view: 'verdicts' }): Route {
  const text = hash.replace(/^#/, '');
  const plain = PLAIN.find((view) => view === text);
  if (text === 'verdicts') return { view: 'verdicts' };
  if (plain !== undefined) return plain === 'live' ? { view: 'live', walk: '' } : { view: plain };
  const params = new URLSearchParams(text);
  const name = (key: string): string | undefined => params.get(key) ?? undefined;
  const id = name('case');
  if (id !== undefined) return { view: 'case', id, step: count(name('step')) };
  const log = name('log');
  if (log !== undefined) return { view: 'log', name: log, record: count(name('record')) };
  const chart = name('chart');
  if (chart !== undefined) return { view: 'charts', ...pair(chart, 'kind') };
  const live = name('live');
  if (live !== undefined) {
    const of = name('of');
    const mark = of === undefined ? {} : { of };
    return { view: 'live', ...pair(live, 'scope'), ...mark, walk: name('walk') ?? '' };
  }
  return fallback;
}

/** The address of a route, with its `#`. */
export function linkTo(route: Route): string {
  switch (route.view) {
    case 'case':
      return `#case=${escaped(route.id)}&step=${route.step}`;
    case 'log':
      return `#log=${escaped(route.name)}&record=${route.record}`;
    case 'charts':
      return route.variant === undefined || route.kind === undefined
        ? '#charts'
        : `#chart=${escaped(route.variant)}/${escaped(route.kind)}`;
    case 'live':
      return route.variant === undefined || route.scope === undefined
        ? '#live'
        : `#live=${escaped(route.variant)}/${escaped(route.scope)}${markOf(route.of)}&walk=${route.walk}`;
    default:
      return `#${route.view}`;
  }
}

/** Which labels the ids of a walk are of. */
const markOf = (of: string | undefined): string => (of === undefined ? '' : `&of=${escaped(of)}`);

const escaped = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');

const count = (text: string | undefined): number =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;

/** `v3/section` as a variant and what stands after the first slash. */
function pair<K extends string>(text: string, second: K): { variant?: string } & { [key in K]?: string } {
  const at = text.indexOf('/');
  const left = at < 0 ? text : text.slice(0, at);
  const right = at < 0 ? '' : text.slice(at + 1);
  return {
    ...(left === '' ? {} : { variant: left }),
    ...(right === '' ? {} : ({ [second]: right } as { [key in K]?: string })),
  } as { variant?: string } & { [key in K]?: string };
}
