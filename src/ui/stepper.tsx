/**
 * Buttons and a slider to move along a run.
 */
interface StepperProps {
  readonly at: number;
  readonly last: number;
  /** `step`, `record`. */
  readonly unit: string;
  /** What happened at this one; read out when it changes. */
  readonly said: string;
  readonly move: (to: number) => void;
}

/** A bar and a head: to the end in that direction. */
function Ends({ way }: { readonly way: 'first' | 'last' }) {
  return (
    <svg class="ends" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={way === 'first' ? 'M2,1 v10 M10,1.5 L4.5,6 L10,10.5' : 'M10,1 v10 M2,1.5 L7.5,6 L2,10.5'} />
    </svg>
  );
}

export function Stepper({ at, last, unit, said, move }: StepperProps) {
  const to = (place: number) => () => move(Math.max(0, Math.min(last, place)));
  return (
    <div class="stepper">
      <div class="buttons">
        <button type="button" onClick={to(0)} disabled={at === 0} aria-label={`First ${unit}`}>
          <Ends way="first" />
        </button>
        <button type="button" onClick={to(at - 1)} disabled={at === 0}>
          <span aria-hidden="true">‹</span> Previous
        </button>
        <button type="button" class="primary" onClick={to(at + 1)} disabled={at === last}>
          Next <span aria-hidden="true">›</span>
        </button>
        <button type="button" onClick={to(last)} disabled={at === last} aria-label={`Last ${unit}`}>
          <Ends way="last" />
        </button>
      </div>
      <label class="slider">
        <span class="count">
          {unit} <b>{at}</b> of {last}
        </span>
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-valuetext={`${unit} ${at} of ${last}`}
          onInput={(event) => move(Number(event.currentTarget.value))}
        />
      </label>
      <p class="hidden" aria-live="polite">
        {said}
      </p>
    </div>
  );
}
