/**
 * The frame: name, navigation, one view at a time.
 */
import { useEffect, useRef } from 'preact/hooks';
import type { PageData } from '../../reports/page-data.ts';
import { Charts } from './charts.tsx';
import { Coverage } from './coverage.tsx';
import { linkTo, type Route, type View } from './link.ts';
import { Live } from './live.tsx';
import { Log, Logs } from './logs.tsx';
import { Requirements } from './requirements.tsx';
import { type Go, useRoute } from './route.ts';
import { Case, Runs } from './runs.tsx';
import { ThemeButton } from './theme.tsx';
import { Verdicts } from './verdicts.tsx';

interface Tab {
  readonly name: string;
  readonly route: Route;
  readonly views: readonly View[];
}

const TABS: readonly Tab[] = [
  { name: 'Verdicts', route: { view: 'verdicts' }, views: ['verdicts'] },
  { name: 'Runs', route: { view: 'runs' }, views: ['runs', 'case'] },
  { name: 'Charts', route: { view: 'charts' }, views: ['charts'] },
  { name: 'Coverage', route: { view: 'coverage' }, views: ['coverage'] },
  { name: 'Requirements', route: { view: 'requirements' }, views: ['requirements'] },
  { name: 'Real logs', route: { view: 'logs' }, views: ['logs', 'log'] },
];
const LIVE: Tab = { name: 'Live', route: { view: 'live', walk: '' }, views: ['live'] };
const HOME: Route = { view: 'verdicts' };

export function App({ data, isLive }: { readonly data: PageData; readonly isLive: boolean }) {
  const [route, go] = useRoute(isLive ? LIVE.route : HOME);
  const main = useRef<HTMLElement>(null);
  const place = placeOf(route);
  const isFirst = useRef(true);
  useEffect(() => {
    const heading = main.current?.querySelector('h1');
    document.title = `${heading?.textContent ?? 'Report'} · Ballast`;
    if (isFirst.current) isFirst.current = false;
    else {
      scrollTo(0, 0);
      heading?.focus({ preventScroll: true });
    }
  }, [place]);
  // A live page begins with no run of its own; what it has nothing to show for, it does not offer.
  const tabs = isLive ? [LIVE, ...TABS.filter(({ route: to }) => hasData(to.view, data))] : TABS;
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <p class="name">
          Ballast <span class="faint">{data.version}</span>
        </p>
        <nav aria-label="Views">
          <ul>
            {tabs.map(({ name, route: to, views }) => (
              <li key={name}>
                <a href={linkTo(to)} aria-current={views.includes(route.view) ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeButton />
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        <Shown route={route} go={go} data={data} isLive={isLive} key={place} />
      </main>
      <footer>
        <p>
          Made by <code>{data.reproduce}</code>
        </p>
      </footer>
    </>
  );
}

/** A view, and what it is a view of: where it changes, the reader is somewhere else. */
function placeOf(route: Route): string {
  if (route.view === 'case') return `case ${route.id}`;
  if (route.view === 'log') return `log ${route.name}`;
  return route.view;
}

function hasData(view: View, data: PageData): boolean {
  switch (view) {
    case 'verdicts':
      return data.run.cases.length > 0;
    case 'runs':
      return data.cases.length > 0;
    case 'charts':
      return data.charts.length > 0;
    case 'coverage':
      return data.coverage.length > 0;
    case 'requirements':
      return data.requirements.length > 0;
    default:
      return data.logs.length > 0;
  }
}

interface ShownProps {
  readonly route: Route;
  readonly go: Go;
  readonly data: PageData;
  readonly isLive: boolean;
}

function Shown({ route, go, data, isLive }: ShownProps) {
  switch (route.view) {
    case 'verdicts':
      return <Verdicts data={data} />;
    case 'runs':
      return <Runs data={data} />;
    case 'case':
      return <Case data={data} route={route} go={go} />;
    case 'charts':
      return <Charts data={data} route={route} go={go} />;
    case 'coverage':
      return <Coverage data={data} />;
    case 'requirements':
      return <Requirements data={data} />;
    case 'logs':
      return <Logs data={data} />;
    case 'log':
      return <Log data={data} route={route} go={go} />;
    case 'live':
      return <Live route={route} go={go} isLive={isLive} />;
  }
}
