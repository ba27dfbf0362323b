/**
 * The reference model once more, as one XState machine that @xstate/graph can visit. Written from the rules and not from the
 * charts, so equal counts say something.
 */
import { getAdjacencyMap } from '@xstate/graph';
import { type AnyMachineSnapshot, assign, createMachine } from 'xstate';
import type { Label } from '../../src/core/label.ts';
import { type ReferenceScope, referenceModel } from './reference-model.ts';

type Is = 'free' | 'taken' | 'reserved' | 'added' | 'online' | 'rolling';

interface All {
  readonly driver: 'idle' | 'grow' | 'pop' | 'shrink' | 'backoff';
  readonly target: number;
  readonly max: number;
  readonly free: number;
  readonly tot: number;
  readonly sections: readonly { readonly is: Is; readonly pages: number }[];
}

/** The state after a label, where it may be taken. */
function after(s: All, label: Label, { pages: size, host }: ReferenceScope): All | undefined {
  const { type, section: at = 0, pages: n = 0 } = label as Label & { section?: number; pages?: number };
  const { is = 'free', pages = 0 } = s.sections[at] ?? {};
  const put = (next: Is, left: number, rest: Partial<All> = {}): All => ({
    ...s,
    ...rest,
    sections: s.sections.map((section, i) => (i === at ? { is: next, pages: left } : section)),
  });
  const grown = { free: s.free - n, tot: s.tot + n };
  const shrunk = { free: s.free + 1, tot: s.tot - 1 };
  const want = s.target * size;
  const fits = pages + n <= size && n <= s.free && s.tot + n <= s.max * size;
  const rules: Record<string, () => false | All> = {
    setTarget: () => n !== s.target && n <= s.max && { ...s, target: n },
    setMax: () => n !== s.max && { ...s, max: n },
    hostTake: () => s.free > 0 && { ...s, free: s.free - 1 },
    hostGive: () => s.free + s.tot < host && { ...s, free: s.free + 1 },
    wakeGrow: () => s.driver === 'idle' && s.tot < want && { ...s, driver: 'grow' },
    wakeShrink: () => s.driver === 'idle' && s.tot > want && { ...s, driver: 'shrink' },
    doneGrow: () => s.driver === 'grow' && s.tot >= want && { ...s, driver: 'idle' },
    doneShrink: () => s.driver === 'shrink' && s.tot <= want && { ...s, driver: 'idle' },
    giveUp: () => s.driver === 'grow' && { ...s, driver: 'backoff' },
    timer: () => s.driver === 'backoff' && { ...s, driver: 'idle' },
    claim: () => is === 'free' && put('taken', 0),
    unclaim: () => is === 'taken' && put('free', 0),
    reserve: () => is === 'free' && s.driver === 'grow' && put('reserved', 0, { driver: 'pop' }),
    populate: () => is === 'reserved' && s.driver === 'pop' && fits && put('reserved', pages + n, grown),
    add: () =>
      is === 'reserved' && s.driver === 'pop' && pages > 0 && put('added', pages, { driver: 'idle' }),
    addFail: () =>
      is === 'reserved' &&
      s.driver === 'pop' &&
      put(pages > 0 ? 'rolling' : 'free', pages, { driver: 'backoff' }),
    rollback: () => is === 'rolling' && put(pages > 1 ? 'rolling' : 'free', pages - 1, shrunk),
    online: () => is === 'added' && put('online', pages),
    remove: () => is === 'added' && s.driver === 'shrink' && put('rolling', pages),
    offline: () => is === 'online' && put(pages > 0 ? 'added' : 'free', pages),
    inflate: () =>
      is === 'online' &&
      s.driver === 'shrink' &&
      pages > 0 &&
      s.tot > want &&
      put('online', pages - 1, shrunk),
    deflate: () => is === 'online' && s.driver === 'grow' && fits && put('online', pages + n, grown),
  };
  return rules[type]?.() || undefined;
}

export function adjacency(scope: ReferenceScope): { states: number; transitions: number } {
  const labels = referenceModel(scope).alphabet;
  const types = [...new Set(labels.map(({ type }) => type))];
  const machine = createMachine({
    context: {
      driver: 'idle',
      target: 0,
      max: scope.sections,
      free: scope.host,
      tot: 0,
      sections: Array.from({ length: scope.sections }, () => ({ is: 'free' as const, pages: 0 })),
    },
    on: Object.fromEntries(
      types.map((type) => [
        type,
        {
          guard: ({ context, event }: { context: All; event: Label }) =>
            after(context, event, scope) !== undefined,
          actions: assign(
            ({ context, event }) => after(context as unknown as All, event as Label, scope) ?? context,
          ),
        },
      ]),
    ) as never,
  });
  const options = {
    events: (snapshot: AnyMachineSnapshot) => labels.filter((label) => snapshot.can(label as never)),
    serializeState: ({ context }: AnyMachineSnapshot) => JSON.stringify(context),
    serializeEvent: (event: Label) => JSON.stringify(event),
    limit: Number.POSITIVE_INFINITY,
  };
  const map = getAdjacencyMap(machine as never, options as never) as unknown as Record<
    string,
    { readonly transitions: object }
  >;
  const nodes = Object.values(map);
  return {
    states: nodes.length,
    transitions: nodes.reduce((sum, { transitions }) => sum + Object.keys(transitions).length, 0),
  };
}
