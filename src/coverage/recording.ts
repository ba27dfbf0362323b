/**
 * What was covered, as sets of elements with how often each was met. Recordings add up and can be compared.
 */

/** Structural measures, the same at every size. `guards`: which of the guarded moves was taken, or that all refused. */
export const MEASURES = ['states', 'transitions', 'pairs', 'kpaths', 'roundtrips', 'guards'] as const;
export type Measure = (typeof MEASURES)[number];

/** Measures of the tables of one scope; compare them within that scope only. */
export const LOCAL_MEASURES = ['states', 'transitions', 'pairs'] as const;
export type LocalMeasure = (typeof LOCAL_MEASURES)[number];

/** Element → how often it was met; at least 1, exact for states and transitions of walks and logs. */
export type Elements = ReadonlyMap<string, number>;

export interface Recording {
  /** `exploration v3/single`, `log 02-hotplug`, `walks v3/single`. */
  readonly source: string;
  readonly variant: string;
  /** Length of the paths in `kpaths`. */
  readonly k: number;
  readonly by: Readonly<Record<Measure, Elements>>;
  /** Undefined where nobody asked for it or no table is behind it. */
  readonly local: Readonly<Record<LocalMeasure, Elements>> | undefined;
  /** Family → labels taken. */
  readonly families: Elements;
}

export const noElements = (): Record<Measure, Map<string, number>> => ({
  states: new Map(),
  transitions: new Map(),
  pairs: new Map(),
  kpaths: new Map(),
  roundtrips: new Map(),
  guards: new Map(),
});

export const noLocal = (): Record<LocalMeasure, Map<string, number>> => ({
  states: new Map(),
  transitions: new Map(),
  pairs: new Map(),
});

export function count(into: Map<string, number>, element: string, times = 1): void {
  into.set(element, (into.get(element) ?? 0) + times);
}

/** Everything that one of them covered; counts add up. Throws where path lengths differ. */
export function union(source: string, recordings: readonly Recording[]): Recording {
  return combined(source, recordings, (maps) => {
    const sum = new Map<string, number>();
    for (const map of maps) for (const [element, times] of map) count(sum, element, times);
    return sum;
  });
}

/** Only what all of them covered; the smallest count. */
export function intersection(source: string, recordings: readonly Recording[]): Recording {
  return combined(source, recordings, ([first, ...others]) => {
    const common = new Map<string, number>();
    for (const [element, times] of first ?? [])
      if (others.every((map) => map.has(element)))
        common.set(element, Math.min(times, ...others.map((map) => map.get(element) ?? 0)));
    return common;
  });
}

/** What the first covered and the second did not; the first's counts. */
export function difference(source: string, from: Recording, without: Recording): Recording {
  return combined(source, [from, without], ([of, other]) => {
    const left = new Map(of);
    for (const element of other?.keys() ?? []) left.delete(element);
    return left;
  });
}

function combined(
  source: string,
  recordings: readonly Recording[],
  merge: (maps: readonly Elements[]) => Elements,
): Recording {
  const ks = [...new Set(recordings.map(({ k }) => k))];
  if (ks.length > 1) throw new RangeError(`paths of ${ks.join(' and ')} transitions cannot be compared`);
  const locals = recordings.flatMap(({ local }) => local ?? []);
  const by = Object.fromEntries(
    MEASURES.map((measure) => [measure, merge(recordings.map((one) => one.by[measure]))]),
  ) as Record<Measure, Elements>;
  const local =
    locals.length < recordings.length || locals.length === 0
      ? undefined
      : (Object.fromEntries(
          LOCAL_MEASURES.map((measure) => [measure, merge(locals.map((one) => one[measure]))]),
        ) as Record<LocalMeasure, Elements>);
  const variants = [...new Set(recordings.map(({ variant }) => variant))];
  return {
    source,
    variant: variants.join(' '),
    k: ks[0] ?? 1,
    by,
    local,
    families: merge(recordings.map(({ families }) => families)),
  };
}
