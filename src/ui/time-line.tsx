/**
 * When the records came: bars over time, breaches marked, the current record a line. A click goes to the nearest record.
 */
import type { PageLog, PageRecord } from '../../reports/page-data.ts';
import { around, binsOf, marksOf, nearest, type Span, wholeOf } from './timeline.ts';

interface TimeLineProps {
  readonly records: readonly PageRecord[];
  readonly breaches: PageLog['breaches'];
  readonly at: number;
  /** Length of the window; 0 shows the whole run. */
  readonly seconds: number;
  readonly setSeconds: (seconds: number) => void;
  readonly move: (to: number) => void;
}

const BINS = 160;
const HEIGHT = 56;
const WINDOWS = [60, 10, 1, 0.1, 0.01];

export function TimeLine({ records, breaches, at, seconds, setSeconds, move }: TimeLineProps) {
  const whole = wholeOf(records);
  const moment = records[at]?.seconds ?? whole.from;
  const span = seconds === 0 ? whole : around(whole, moment, seconds);
  const length = whole.to - whole.from;
  const click = (event: MouseEvent & { currentTarget: Element }): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    move(nearest(records, span.from + share * (span.to - span.from)));
  };
  return (
    <figure class="time">
      <label class="choose">
        Time shown{' '}
        <select value={seconds} onChange={(event) => setSeconds(Number(event.currentTarget.value))}>
          <option value={0}>whole run, {length.toFixed(1)} s</option>
          {WINDOWS.filter((window) => window < length).map((window) => (
            <option key={window} value={window}>
              {window < 1 ? `${window * 1000} ms` : `${window} s`} around the record
            </option>
          ))}
        </select>
      </label>
      <svg class="bars" width="100%" height={HEIGHT + 18} onClick={click} aria-hidden="true">
        <Bars counts={binsOf(records, span, BINS)} />
        {marksOf(span, 6).map((mark) => (
          <text key={mark} class="axis" x={percent(mark, span)} y={HEIGHT + 14} text-anchor="middle">
            {Number(mark.toPrecision(9))} s
          </text>
        ))}
        {breaches.map(({ property, record }) => {
          const when = records[record]?.seconds ?? 0;
          return when < span.from || when > span.to ? null : (
            <text
              key={`${property} ${record}`}
              class="breach"
              x={percent(when, span)}
              y="12"
              text-anchor="middle"
            >
              ✗
            </text>
          );
        })}
        <line class="here" x1={percent(moment, span)} x2={percent(moment, span)} y1="0" y2={HEIGHT} />
      </svg>
    </figure>
  );
}

function Bars({ counts }: { readonly counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  // Few records beside many would not be seen on an even scale.
  const height = (n: number): number => (n === 0 ? 0 : 3 + (HEIGHT - 19) * Math.sqrt(n / most));
  return (
    <>
      {counts.map((n, bin) =>
        n === 0 ? null : (
          <rect
            key={bin}
            class="bin"
            x={`${(100 * bin) / counts.length}%`}
            width={`${90 / counts.length}%`}
            y={HEIGHT - height(n)}
            height={height(n)}
          />
        ),
      )}
    </>
  );
}

const percent = (moment: number, { from, to }: Span): string =>
  `${((100 * (moment - from)) / (to - from)).toFixed(3)}%`;
