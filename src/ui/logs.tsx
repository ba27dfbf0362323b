/**
 * Logs of real guests: the list, and one on a time line with the model's state under each record.
 */
import { useCallback, useMemo, useState } from 'preact/hooks';
import type { PageData, PageLog, PageRecord } from '../../reports/page-data.ts';
import { scaleOf } from './counters.tsx';
import { linkTo, type Route } from './link.ts';
import { Empty, grouped, Title, useMoveKeys, useShown } from './parts.tsx';
import type { Go } from './route.ts';
import { RunView } from './run-view.tsx';
import { States } from './states.ts';
import { Stepper } from './stepper.tsx';
import { TimeLine } from './time-line.tsx';

const SHAPES: Readonly<Record<string, string>> = { accepted: '✓', rejected: '✗', ambiguous: '?' };
const LOOKS: Readonly<Record<string, string>> = {
  accepted: 'holds',
  rejected: 'unexpected',
  ambiguous: 'inconclusive',
};

/** `accepted: all 320 records`: the first word is the verdict. */
function LogVerdict({ verdict }: { readonly verdict: string }) {
  const [kind = ''] = verdict.split(/[ :]/);
  return (
    <span class={`verdict words ${LOOKS[kind] ?? ''}`}>
      {SHAPES[kind] ?? ''} {verdict}
    </span>
  );
}

export function Logs({ data: { logs } }: { readonly data: PageData }) {
  return (
    <>
      <Title>Real logs</Title>
      <p class="lead">
        Records of real guests, judged by the same charts. Under each record, the state of the model.
      </p>
      {logs.length === 0 ? (
        <Empty
          what="No log is part of this page. This adds one:"
          command="ballast report --log test/logs/04-offline-movable"
        />
      ) : (
        <ul class="cards">
          {logs.map(({ name, variant, verdict, records, breaches }) => (
            <li key={name}>
              <a href={linkTo({ view: 'log', name, record: 0 })}>
                <b>{name}</b>
              </a>
              <span>
                <LogVerdict verdict={verdict} /> as <b>{variant}</b>
              </span>
              <span class="faint">
                {grouped(records.length)} records
                {breaches.length === 0
                  ? ''
                  : `; breaks ${[...new Set(breaches.map(({ property }) => property))].join(', ')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface LogProps {
  readonly data: PageData;
  readonly route: Extract<Route, { view: 'log' }>;
  readonly go: Go;
}

export function Log({ data, route, go }: LogProps) {
  const log = data.logs.find(({ name }) => name === route.name);
  if (log === undefined)
    return (
      <>
        <Title>No such log</Title>
        <p>
          This report has no log <code>{route.name}</code>. <a href={linkTo({ view: 'logs' })}>All logs</a>
        </p>
      </>
    );
  return <LogView log={log} record={route.record} go={go} />;
}

interface LogViewProps {
  readonly log: PageLog;
  readonly record: number;
  readonly go: Go;
}

function LogView({ log, record, go }: LogViewProps) {
  const { records, breaches, start } = log;
  const last = Math.max(0, records.length - 1);
  const at = Math.min(record, last);
  const changes = useMemo(() => records.map(({ changed }) => changed), [records]);
  const states = useMemo(() => new States(start, changes), [start, changes]);
  const scale = useMemo(() => scaleOf(start, changes), [start, changes]);
  const [span, setSpan] = useState(0);
  const move = useCallback(
    (to: number) => go({ view: 'log', name: log.name, record: to }, 'replace'),
    [go, log.name],
  );
  useMoveKeys(at, last, move);
  const now = records[at];
  const here = breaches.filter((one) => one.record === at);
  const said =
    now === undefined
      ? ''
      : `Record ${at} of ${last}, ${now.seconds.toFixed(6)} s: ${now.text}. ${now.labels.join(', ')}`;
  return (
    <>
      <p class="crumbs">
        <a href={linkTo({ view: 'logs' })}>Real logs</a> <span aria-hidden="true">/</span> judged as{' '}
        {log.variant}
      </p>
      <Title>{log.name}</Title>
      <p class="lead">
        <LogVerdict verdict={log.verdict} />
      </p>
      <Breaches log={log} at={at} move={move} />
      <Stepper at={at} last={last} unit="record" said={said} move={move} />
      <TimeLine
        records={records}
        breaches={breaches}
        at={at}
        seconds={span}
        setSeconds={setSpan}
        move={move}
      />
      <RunView
        states={states}
        at={at + 1}
        changed={now?.changed}
        geometry={log.geometry}
        scale={scale}
        notice={
          here.length === 0 ? null : (
            <div class="balance broken">
              {here.map(({ property }) => (
                <p key={property}>
                  <b>✗ {property} is broken at this record.</b>
                </p>
              ))}
            </div>
          )
        }
      >
        <Records records={records} at={at} breaches={breaches} move={move} />
      </RunView>
    </>
  );
}

interface BreachesProps {
  readonly log: PageLog;
  readonly at: number;
  readonly move: (to: number) => void;
}

function Breaches({ log: { breaches }, at, move }: BreachesProps) {
  if (breaches.length === 0) return null;
  return (
    <ul class="inline breaches">
      {breaches.map(({ property, record }) => (
        <li key={`${property} ${record}`}>
          <button
            type="button"
            onClick={() => move(record)}
            aria-current={record === at ? 'step' : undefined}
          >
            ✗ {property} at record {record}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface RecordsProps {
  readonly records: readonly PageRecord[];
  readonly at: number;
  readonly breaches: PageLog['breaches'];
  readonly move: (to: number) => void;
}

/** Only those near the current one are in the page: a log may have thousands. */
const NEAR = 9;

function Records({ records, at, breaches, move }: RecordsProps) {
  const from = Math.max(0, Math.min(at - NEAR, records.length - 2 * NEAR - 1));
  const near = records.slice(from, from + 2 * NEAR + 1);
  const current = useShown(at);
  return (
    <section class="sequence" aria-label="Records">
      <ol class="steps records" start={from}>
        {near.map((record, offset) => {
          const index = from + offset;
          const broken = breaches.filter((one) => one.record === index).map(({ property }) => property);
          return (
            <li
              key={index}
              ref={index === at ? current : null}
              class={`${index === at ? 'current' : ''}${broken.length > 0 ? ' breaks' : ''}`}
            >
              <button
                type="button"
                onClick={() => move(index)}
                aria-current={index === at ? 'step' : undefined}
              >
                <span class="number">{index}</span>
                <span class="record">
                  <span class="faint">
                    {record.seconds.toFixed(6)} {record.task}
                  </span>
                  <span class="raw">{record.text}</span>
                  {record.labels.length === 0 ? null : <span class="label">{record.labels.join(' ')}</span>}
                  {broken.length === 0 ? null : <span class="mark">✗ {broken.join(', ')}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
