/**
 * Counterexamples: the list of them, and one, stepped.
 */
import { useCallback, useMemo } from 'preact/hooks';
import type { PageCase, PageData } from '../../reports/page-data.ts';
import { scaleOf } from './counters.tsx';
import { linkTo, type Route } from './link.ts';
import { Empty, Title, useMoveKeys } from './parts.tsx';
import type { Go } from './route.ts';
import { RunView } from './run-view.tsx';
import { Sequence } from './sequence.tsx';
import { States } from './states.ts';
import { Stepper } from './stepper.tsx';

export function Runs({ data }: { readonly data: PageData }) {
  const groups = new Map<string, PageCase[]>();
  for (const one of data.cases) {
    const key = `${one.variant} in scope ${one.scope}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return (
    <>
      <Title>Runs</Title>
      <p class="lead">Each is a shortest run that breaks a property, confirmed step by step by XState.</p>
      {data.cases.length === 0 ? (
        <Empty what={`${nothingBroken(data)} One that breaks some:`} command="ballast report --variant v0" />
      ) : null}
      {[...groups].map(([name, cases]) => (
        <section key={name}>
          <h2>{name}</h2>
          <ul class="cards">
            {cases.map((one) => (
              <li key={one.id}>
                <a href={linkTo({ view: 'case', id: one.id, step: one.steps.length })}>
                  <b>{one.property}</b> {one.title}
                </a>
                <span class="faint">
                  {one.finding === undefined ? 'not expected' : one.finding}, {one.steps.length} steps
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** A search that ended early found nothing, which is not the same as that there is nothing. */
function nothingBroken({ run: { cases } }: PageData): string {
  const open = cases.filter(({ verdict }) => verdict.kind === 'bounded').length;
  return open === 0
    ? 'No property was broken in this run.'
    : `No property was found broken, but ${open} of ${cases.length} verdicts are bounded: the search stopped early.`;
}

interface CaseProps {
  readonly data: PageData;
  readonly route: Extract<Route, { view: 'case' }>;
  readonly go: Go;
}

export function Case({ data, route, go }: CaseProps) {
  const found = data.cases.find(({ id }) => id === route.id);
  if (found === undefined)
    return (
      <>
        <Title>No such run</Title>
        <p>
          This report has no case <code>{route.id}</code>. <a href={linkTo({ view: 'runs' })}>All runs</a>
        </p>
      </>
    );
  return (
    <CaseView
      found={found}
      step={route.step}
      go={go}
      story={data.stories.find(({ id }) => id === found.finding)?.story}
    />
  );
}

interface CaseViewProps {
  readonly found: PageCase;
  readonly step: number;
  readonly go: Go;
  readonly story: string | undefined;
}

function CaseView({ found, step, go, story }: CaseViewProps) {
  const { steps, start } = found;
  const last = steps.length;
  const at = Math.min(step, last);
  const states = useMemo(
    () =>
      new States(
        start,
        steps.map(({ changed }) => changed),
      ),
    [start, steps],
  );
  const scale = useMemo(
    () =>
      scaleOf(
        start,
        steps.map(({ changed }) => changed),
      ),
    [start, steps],
  );
  const move = useCallback(
    (to: number) => go({ view: 'case', id: found.id, step: to }, 'replace'),
    [go, found.id],
  );
  useMoveKeys(at, last, move);
  const now = steps[at - 1];
  const isBroken = at >= (found.loopFrom ?? last);
  const said =
    now === undefined
      ? 'Start'
      : `Step ${at} of ${last}: ${now.actor}, ${now.label}. Moved: ${Object.keys(now.changed).join(', ')}.${isBroken ? ` ${found.property} is broken.` : ''}`;
  return (
    <>
      <p class="crumbs">
        <a href={linkTo({ view: 'runs' })}>Runs</a> <span aria-hidden="true">/</span> {found.variant} in scope{' '}
        {found.scope}, {found.form}
      </p>
      <Title>
        {found.property}: {found.title}
      </Title>
      <p class="lead">
        {found.statement}{' '}
        <span class={found.finding === undefined ? 'verdict unexpected' : 'verdict known'}>
          {found.finding === undefined ? '✗ broken, not expected' : `◆ broken as known: ${found.finding}`}
        </span>
      </p>
      {story === undefined ? null : <p class="story">{story}</p>}
      {found.fairness === undefined ? null : <p class="faint">Assumed: {found.fairness.join('; ')}.</p>}
      <Stepper at={at} last={last} unit="step" said={said} move={move} />
      <RunView
        states={states}
        at={at}
        changed={now?.changed}
        geometry={found.geometry}
        scale={scale}
        notice={<Broken found={found} at={at} />}
      >
        <Sequence
          steps={steps}
          at={at}
          breaks={isBroken && found.loopFrom === undefined ? last - 1 : undefined}
          {...(found.loopFrom === undefined ? {} : { loopFrom: found.loopFrom })}
          move={move}
        />
      </RunView>
      <p class="faint again">
        Again: <code>{found.reproduce}</code>
      </p>
    </>
  );
}

/** Quiet until the step that breaks the property; then the sum that does not come out. */
function Broken({ found, at }: { readonly found: PageCase; readonly at: number }) {
  const { loopFrom } = found;
  const left = (loopFrom ?? found.steps.length) - at;
  if (left > 0)
    return (
      <p class="balance">
        <span aria-hidden="true">○</span> {found.property}{' '}
        {loopFrom === undefined ? 'breaks at step' : 'is broken for ever after step'}{' '}
        {loopFrom ?? found.steps.length}, {left === 1 ? 'the next one' : `${left} steps on`}
      </p>
    );
  return (
    <div class="balance broken">
      <p>
        <b>
          ✗ {found.property} is broken{loopFrom === undefined ? '' : ' for ever'}.
        </b>{' '}
        {found.statement}
      </p>
      {found.broken.map((line) => (
        <code key={line}>{line}</code>
      ))}
    </div>
  );
}
