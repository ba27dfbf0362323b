/**
 * The model stepped live: every enabled label is a button, every other one says who refuses it and why. The address is the walk.
 */
import { useCallback, useMemo, useState } from 'preact/hooks';
import type { LiveBroken, LiveCase, LiveState } from '../explore/live-state.ts';
import { scaleOf } from './counters.tsx';
import { LabelPicker } from './label-picker.tsx';
import type { Route } from './link.ts';
import {
  type Asked,
  casesPath,
  type LiveModels,
  type LiveProblem,
  MODELS_PATH,
  statePath,
  useAsked,
} from './live-server.ts';
import { Empty, Title, useMoveKeys } from './parts.tsx';
import type { Go } from './route.ts';
import { RunView } from './run-view.tsx';
import { Sequence } from './sequence.tsx';
import { States } from './states.ts';

interface LiveProps {
  readonly route: Extract<Route, { view: 'live' }>;
  readonly go: Go;
  readonly isLive: boolean;
}

export function Live({ route, go, isLive }: LiveProps) {
  const models = useAsked<LiveModels>(isLive ? MODELS_PATH : undefined);
  if (!isLive)
    return (
      <>
        <Title>Live</Title>
        <Empty
          what="A page in a file cannot step the model. This serves one that can:"
          command="ballast explore"
        />
      </>
    );
  if (models.is === 'waiting')
    return (
      <>
        <Title>Live</Title>
        <p class="faint">Asking the explorer…</p>
      </>
    );
  if (models.is === 'refused')
    return (
      <>
        <Title>Live</Title>
        <Problems problems={models.problems} />
      </>
    );
  const { variant, scope } = models.value;
  return (
    <Stepping
      models={models.value}
      variant={route.variant ?? variant}
      scope={route.scope ?? scope}
      of={route.of}
      walk={route.walk}
      go={go}
    />
  );
}

function Problems({ problems }: { readonly problems: readonly LiveProblem[] }) {
  return (
    <div class="balance broken" role="alert">
      {problems.map(({ code, message, expected, got }) => (
        <p key={`${code} ${message}`}>
          <b>{code}</b> {message}
          {expected === undefined ? '' : `; expected ${expected}`}
          {got === undefined ? '' : `, got ${got}`}
        </p>
      ))}
    </div>
  );
}

interface SteppingProps {
  readonly models: LiveModels;
  readonly variant: string;
  readonly scope: string;
  readonly of: string | undefined;
  readonly walk: string;
  readonly go: Go;
}

function Stepping({ models, variant, scope, of, walk, go }: SteppingProps) {
  const asked = useAsked<LiveState>(statePath(variant, scope, of, walk));
  const state = asked.is === 'here' ? asked.value : undefined;
  // What was there stays until the answer comes: it may be of another model.
  const mark = state?.variant === variant && state.scope === scope ? state.alphabet : undefined;
  const to = useCallback(
    (next: readonly number[], how?: 'push' | 'replace') =>
      go(
        {
          view: 'live',
          variant,
          scope,
          ...(mark === undefined || next.length === 0 ? {} : { of: mark }),
          walk: next.join('.'),
        },
        how,
      ),
    [go, variant, scope, mark],
  );
  const ids = models.variants.map(({ id }) => id);
  // A patch (`v3+callback=testP2m`) has a name of its own and stands in no list.
  const names = ids.includes(variant) ? ids : [...ids, variant];
  const other = (change: { variant?: string; scope?: string }): void =>
    go({ view: 'live', variant, scope, walk: '', ...change });
  return (
    <>
      <Title>
        Live: {variant} in scope {scope}
      </Title>
      <p class="lead">{models.variants.find(({ id }) => id === variant)?.summary}</p>
      <div class="choose">
        <label>
          Variant{' '}
          <select value={variant} onChange={(event) => other({ variant: event.currentTarget.value })}>
            {names.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
        <label>
          Scope{' '}
          <select value={scope} onChange={(event) => other({ scope: event.currentTarget.value })}>
            {models.scopes.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Load variant={variant} scope={scope} load={to} key={`${variant}/${scope}`} />
      </div>
      <Answer asked={asked} to={to} />
    </>
  );
}

type To = (walk: readonly number[], how?: 'push' | 'replace') => void;

function Answer({ asked, to }: { readonly asked: Asked<LiveState>; readonly to: To }) {
  if (asked.is === 'waiting') return <p class="faint">Stepping…</p>;
  if (asked.is === 'refused')
    return (
      <>
        <Problems problems={asked.problems} />
        <p>
          <button type="button" onClick={() => to([])}>
            Restart
          </button>
        </p>
      </>
    );
  return <Here state={asked.value} to={to} />;
}

function Here({ state, to }: { readonly state: LiveState; readonly to: To }) {
  const { walk, steps, start, geometry, broken } = state;
  const changes = useMemo(() => steps.map(({ changed }) => changed), [steps]);
  const states = useMemo(() => new States(start, changes), [start, changes]);
  // At least the host, so that the bars keep their scale while the walk grows.
  const scale = useMemo(
    () => Math.max(geometry.hostPages, scaleOf(start, changes)),
    [geometry, start, changes],
  );
  const move = useCallback((place: number) => to(walk.slice(0, place)), [to, walk]);
  useMoveKeys(walk.length, walk.length, move);
  const last = steps.at(-1);
  const said = `${last === undefined ? 'Start' : `Step ${walk.length}: ${last.label}`}. ${state.enabled.length} labels enabled.${broken.map(({ property }) => ` ${property} is broken.`).join('')}`;
  return (
    <>
      <div class="stepper">
        <div class="buttons">
          <button type="button" disabled={walk.length === 0} onClick={() => to([])}>
            Restart
          </button>
          <button type="button" disabled={walk.length === 0} onClick={() => move(walk.length - 1)}>
            <span aria-hidden="true">‹</span> Go back
          </button>
        </div>
        <p class="count">
          {walk.length === 0 ? 'at the start' : `step ${walk.length}: ${last?.label ?? ''}`}
        </p>
        <p class="hidden" aria-live="polite">
          {said}
        </p>
      </div>
      <RunView
        states={states}
        at={steps.length}
        changed={last?.changed}
        geometry={geometry}
        scale={scale}
        notice={<BrokenHere broken={broken} notJudged={state.notJudged} />}
      >
        <LabelPicker state={state} take={(id) => to([...walk, id])} />
        <h2>The walk so far</h2>
        <Sequence
          steps={steps}
          at={steps.length}
          breaks={broken.length > 0 ? steps.length - 1 : undefined}
          move={move}
        />
      </RunView>
    </>
  );
}

interface BrokenHereProps {
  readonly broken: readonly LiveBroken[];
  readonly notJudged: readonly string[];
}

function BrokenHere({ broken, notJudged }: BrokenHereProps) {
  const rest =
    notJudged.length === 0 ? null : (
      <span class="faint">
        {' '}
        {notJudged.join(', ')} ask what can be reached again; only a search answers that.
      </span>
    );
  if (broken.length === 0)
    return (
      <p class="balance">
        <span aria-hidden="true">✓</span> No property is broken here.{rest}
      </p>
    );
  return (
    <div class="balance broken">
      {broken.map(({ property, title, statement, finding, lines }) => (
        <div key={property}>
          <p>
            <b>
              ✗ {property}, {title}
              {finding === undefined ? '' : ` (${finding})`}:
            </b>{' '}
            {statement}
          </p>
          {lines.map((line) => (
            <code key={line}>{line}</code>
          ))}
        </div>
      ))}
      <p>{rest}</p>
    </div>
  );
}

interface LoadProps {
  readonly variant: string;
  readonly scope: string;
  readonly load: To;
}

/** Counterexamples are searched for when somebody asks: it takes a moment. */
function Load({ variant, scope, load }: LoadProps) {
  const [isWanted, want] = useState(false);
  const asked = useAsked<{ readonly cases: readonly LiveCase[] }>(
    isWanted ? casesPath(variant, scope) : undefined,
  );
  if (!isWanted)
    return (
      <button type="button" onClick={() => want(true)}>
        Find counterexamples
      </button>
    );
  if (asked.is === 'waiting')
    return (
      <output class="faint">
        Searching {variant}/{scope}…
      </output>
    );
  if (asked.is === 'refused') return <Problems problems={asked.problems} />;
  const { cases } = asked.value;
  if (cases.length === 0) return <output>No property is broken in this scope.</output>;
  return (
    <label>
      Counterexample{' '}
      <select
        value=""
        onChange={(event) => {
          const found = cases.find(({ property }) => property === event.currentTarget.value);
          if (found !== undefined) load(found.walk);
        }}
      >
        <option value="">load one of {cases.length}…</option>
        {cases.map(({ property, title, finding, walk }) => (
          <option key={property} value={property}>
            {property} {title} ({finding ?? 'not expected'}, {walk.length} steps)
          </option>
        ))}
      </select>
    </label>
  );
}
