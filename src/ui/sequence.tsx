/**
 * The run as a sequence diagram: actors are lanes, a step is a row with an arrow from who takes it to those who decide.
 * The rows are a list of buttons, so the diagram is its own text.
 */
import type { PageStep } from '../../reports/page-data.ts';
import { type Arrow, actorName, arrowOf, arrowText, lanesOf } from './lanes.ts';
import { useShown } from './parts.tsx';

interface SequenceProps {
  readonly steps: readonly PageStep[];
  /** 0 is the start. */
  readonly at: number;
  /** Index of the step that breaks the property; absent while nothing is broken. */
  readonly breaks: number | undefined;
  /** Steps before the loop of a lasso. */
  readonly loopFrom?: number;
  readonly move: (to: number) => void;
}

export function Sequence({ steps, at, breaks, loopFrom, move }: SequenceProps) {
  const lanes = lanesOf(steps);
  const current = useShown(at);
  return (
    <section class="sequence" aria-label="Sequence diagram">
      <div class="lanes-head" aria-hidden="true">
        <span />
        <span class="lanes" style={{ gridTemplateColumns: `repeat(${lanes.length}, 1fr)` }}>
          {lanes.map((lane) => (
            <span key={lane}>{actorName(lane)}</span>
          ))}
        </span>
      </div>
      <ol class="steps">
        <li class={at === 0 ? 'current' : ''} ref={at === 0 ? current : null}>
          <button type="button" onClick={() => move(0)} aria-current={at === 0 ? 'step' : undefined}>
            <span class="number">0</span>
            <span class="label faint">start</span>
            <Lanes count={lanes.length} />
          </button>
        </li>
        {steps.map((step, index) => (
          <Row
            key={index}
            step={step}
            number={index + 1}
            lanes={lanes}
            isCurrent={at === index + 1}
            breaks={breaks === index}
            loop={loopPlace(index, loopFrom)}
            move={move}
            place={at === index + 1 ? current : null}
          />
        ))}
      </ol>
    </section>
  );
}

type LoopPlace = 'first' | 'inside' | undefined;

function loopPlace(index: number, loopFrom: number | undefined): LoopPlace {
  if (loopFrom === undefined || index < loopFrom) return undefined;
  return index === loopFrom ? 'first' : 'inside';
}

interface RowProps {
  readonly step: PageStep;
  readonly number: number;
  readonly lanes: readonly string[];
  readonly isCurrent: boolean;
  readonly breaks: boolean;
  readonly loop: LoopPlace;
  readonly move: (to: number) => void;
  readonly place: { current: HTMLLIElement | null } | null;
}

function Row({ step, number, lanes, isCurrent, breaks, loop, move, place }: RowProps) {
  const names = [isCurrent ? 'current' : '', breaks ? 'breaks' : '', loop === undefined ? '' : 'in-loop'];
  const classes = names.filter((name) => name !== '').join(' ');
  return (
    <li class={classes} ref={place}>
      <button type="button" onClick={() => move(number)} aria-current={isCurrent ? 'step' : undefined}>
        <span class="number">{number}</span>
        <span class="label">
          {step.label}
          {breaks ? <span class="mark">✗ breaks here</span> : null}
          {loop === 'first' ? <span class="mark">↻ again and again from here</span> : null}
        </span>
        <span class="hidden">{arrowText(step)}</span>
        <Lanes count={lanes.length} arrow={arrowOf(step, lanes)} />
      </button>
    </li>
  );
}

const MIDDLE = '50%';

/** The lanes of one row; places are in per cent, so the row is as wide as it may be. */
function Lanes({ count, arrow }: { readonly count: number; readonly arrow?: Arrow }) {
  const x = (lane: number): string => `${(100 * (lane + 0.5)) / count}%`;
  const ends = arrow === undefined ? [] : [...arrow.deciders, ...arrow.observers];
  return (
    <span class="lanes-box">
      <svg class="lanes" width="100%" height="100%" aria-hidden="true" focusable="false">
        {Array.from({ length: count }, (_, lane) => (
          <line key={lane} class="lane" x1={x(lane)} x2={x(lane)} y1="0" y2="100%" />
        ))}
        {arrow === undefined
          ? null
          : ends.map((lane) => (
              <line
                key={`to ${lane}`}
                class={arrow.deciders.includes(lane) ? 'asks' : 'tells'}
                x1={x(arrow.from)}
                x2={x(lane)}
                y1={MIDDLE}
                y2={MIDDLE}
              />
            ))}
        {arrow?.observers.map((lane) => (
          <circle key={lane} class="sees" cx={x(lane)} cy={MIDDLE} r="3" />
        ))}
        {arrow?.deciders.map((lane) => (
          <svg key={lane} x={x(lane)} y={MIDDLE} overflow="visible" aria-hidden="true">
            <path class="head" d={lane > arrow.from ? 'M0,0 l-8,-4.5 v9 z' : 'M0,0 l8,-4.5 v9 z'} />
          </svg>
        ))}
        {arrow === undefined ? null : <circle class="takes" cx={x(arrow.from)} cy={MIDDLE} r="4.5" />}
      </svg>
    </span>
  );
}
