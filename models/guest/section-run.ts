/**
 * A section before it is there, and how its struct pages come and go: the run that a driver reserves, fills and gives up. States
 * `free` to `added` of section.ts.
 * Source: linux mm/memory_hotplug.c `add_memory_resource`, `__remove_memory`.
 */
import { type Label, payload } from '../../src/core/label.ts';
import { each, type Handlers, type Move } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Section } from './section-pages.ts';

const pages = (label: Label) => payload(label, 'pages');

/** The run is given up: what was put into it is left behind unreserved. */
export function released(whenEmpty: string, whenFilled: string): Handlers<Section> {
  return each<Section>(
    ['release', 'p2m.enomem'],
    [
      { when: (c) => c.offlineBacked === 0, to: whenEmpty },
      { set: fromStart, to: whenFilled },
    ],
  );
}

/**
 * Frames put behind pages that have no struct page yet, from the first page of the run on. A page that an earlier attempt left
 * a frame behind is populated over.
 */
export function filled(to: string, size: number): Handlers<Section> {
  const onwards = (c: Section, l: Label) => ({ reached: c.reached + pages(l) });
  return {
    'fill.ok': {
      when: (c, l) => c.reached === c.offlineBacked && c.offlineBacked + pages(l) <= size,
      set: (c, l) => ({ ...onwards(c, l), offlineBacked: c.offlineBacked + pages(l) }),
      to,
    },
    'fill.over': { when: (c, l) => c.reached + pages(l) <= c.offlineBacked, set: onwards },
  };
}

export const fromStart = () => ({ reached: 0 });
/** A new attempt on an interval that looks free begins at its first page. */
export const found: Handlers<Section> = { 'find.ok': { set: fromStart } };

/** Frames of the run given back. */
export function emptied(whenEmpty: string, otherwise: string): Handlers<Section> {
  const give = (c: Section, l: Label) => ({
    offlineBacked: c.offlineBacked - pages(l),
    reached: Math.max(0, c.reached - pages(l)),
  });
  return {
    'unfill.ok': [
      { when: (c, l) => c.offlineBacked === pages(l), set: give, to: whenEmpty },
      { when: (c, l) => c.offlineBacked > pages(l), set: give, to: otherwise },
      { to: 'disordered' },
    ],
  };
}

export function added(size: number): Handlers<Section> {
  return { 'add.ok': { set: (c) => ({ offlineEmpty: size - c.offlineBacked, reached: 0 }), to: 'added' } };
}

/** An add that finds the conflict only after it has made struct pages leaves them behind. */
export const halfMade = (protocol: Protocol, size: number): Handlers<Section> =>
  protocol.conflictFirst ? {} : { 'add.eexist': { set: () => ({ offlineEmpty: size }), to: 'added' } };

/** Struct pages gone; frames stay with the run. */
export const removed: readonly Move<Section>[] = [
  {
    when: (c) => c.offlineBacked > 0,
    set: (c) => ({ offlineEmpty: 0, reached: c.offlineBacked }),
    to: 'populated',
  },
  { set: () => ({ offlineEmpty: 0 }), to: 'reserved' },
];
