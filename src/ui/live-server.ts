/**
 * What the live page asks the server it came from.
 */
import { useEffect, useState } from 'preact/hooks';

export interface LiveModels {
  readonly variants: readonly { readonly id: string; readonly summary: string }[];
  readonly scopes: readonly string[];
  /** What the command was given. */
  readonly variant: string;
  readonly scope: string;
}

export interface LiveProblem {
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly got?: string;
}

/** Nothing yet, an answer, or why there is none. */
export type Asked<T> =
  | { readonly is: 'waiting' }
  | { readonly is: 'here'; readonly value: T }
  | { readonly is: 'refused'; readonly problems: readonly LiveProblem[] };

const WAITING = { is: 'waiting' } as const;

async function ask<T>(path: string): Promise<Asked<T>> {
  try {
    const answer = await fetch(path, { headers: { accept: 'application/json' } });
    const body = (await answer.json()) as T | { readonly problems: readonly LiveProblem[] };
    if (answer.ok) return { is: 'here', value: body as T };
    return { is: 'refused', problems: (body as { readonly problems: readonly LiveProblem[] }).problems };
  } catch {
    const message = 'the explorer does not answer; is ballast explore still running?';
    return { is: 'refused', problems: [{ code: 'NO_SERVER', message }] };
  }
}

/** Asks again whenever the path changes; what was there stays until the new answer comes. No path, no question. */
export function useAsked<T>(path: string | undefined): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>(WAITING);
  useEffect(() => {
    if (path === undefined) {
      setAsked(WAITING);
      return;
    }
    let isCurrent = true;
    void ask<T>(path).then((answer) => {
      if (isCurrent) setAsked(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [path]);
  return asked;
}

export const statePath = (variant: string, scope: string, of: string | undefined, walk: string): string =>
  `/api/state?${new URLSearchParams({ variant, scope, ...(of === undefined ? {} : { of }), walk })}`;
export const casesPath = (variant: string, scope: string): string =>
  `/api/cases?${new URLSearchParams({ variant, scope })}`;
export const MODELS_PATH = '/api/models';
