/**
 * The address of the page as state: links, back and forward all come through here.
 */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { linkTo, parseLink, type Route } from './link.ts';

/** `replace` leaves no entry in the history: for the steps of a run, which are many. */
export type Go = (route: Route, how?: 'push' | 'replace') => void;

export function useRoute(fallback: Route): readonly [Route, Go] {
  const [route, setRoute] = useState(() => parseLink(location.hash, fallback));
  useEffect(() => {
    const follow = (): void => setRoute(parseLink(location.hash, fallback));
    addEventListener('hashchange', follow);
    addEventListener('popstate', follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('popstate', follow);
    };
  }, [fallback]);
  const go = useCallback<Go>((next, how = 'push') => {
    const link = linkTo(next);
    if (how === 'replace') history.replaceState(null, '', link);
    else if (location.hash !== link) history.pushState(null, '', link);
    setRoute(next);
  }, []);
  return [route, go];
}
