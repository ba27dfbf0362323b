/**
 * Small things that every view uses.
 */
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** The heading of a view; it takes the focus when the view is entered. */
export function Title({ children }: { readonly children: ComponentChildren }) {
  return <h1 tabIndex={-1}>{children}</h1>;
}

/** A section that nobody has filled yet says which command does. */
export function Empty({ what, command }: { readonly what: string; readonly command: string }) {
  return (
    <p class="empty">
      {what} <code>{command}</code>
    </p>
  );
}

/** What is wider than the page scrolls by itself, with the keyboard too. */
export function Scroll({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** Numbers with a thin space between thousands. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');

/** Keys that move along a run. */
const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Arrow keys, Home and End move, unless they mean something where the focus is. */
export function useMoveKeys(at: number, last: number, move: (to: number) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : undefined;
      if (target?.closest('input, select, textarea, .scroll') != null) return;
      const to = MOVES[event.key]?.(at, last);
      if (to === undefined) return;
      event.preventDefault();
      move(Math.max(0, Math.min(last, to)));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [at, last, move]);
}

/** Rows above and below that stay in sight with the current one, in pixels. */
const MARGIN = 48;

/** For the current row of a list that scrolls: keeps it in sight, and never moves the page. */
export function useShown(at: number): RefObject<HTMLLIElement | null> {
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const row = current.current;
    const box = row?.parentElement;
    if (row == null || box == null || box.scrollHeight <= box.clientHeight) return;
    // The list is what its rows are placed in.
    const top = row.offsetTop;
    const isInside =
      top >= box.scrollTop + MARGIN && top + row.offsetHeight <= box.scrollTop + box.clientHeight - MARGIN;
    if (!isInside) box.scrollTop = top - (box.clientHeight - row.offsetHeight) / 2;
  }, [at]);
  return current;
}
