/**
 * The labels of the alphabet in one state: those that can be taken, by actor; and the others, with who refuses them and why.
 */
import type { LiveLabel, LiveRefusal, LiveRefused, LiveState } from '../explore/live-state.ts';
import { actorName } from './lanes.ts';

interface LabelPickerProps {
  readonly state: LiveState;
  readonly take: (label: number) => void;
}

export function LabelPicker({ state: { enabled, refused }, take }: LabelPickerProps) {
  return (
    <section class="picker" aria-label="Labels">
      <h2>
        What can happen <span class="faint">{enabled.length} labels enabled</span>
      </h2>
      {enabled.length === 0 ? <p class="empty">Nothing: this state has no successor.</p> : null}
      {[...byActor(enabled)].map(([actor, labels]) => (
        <div class="actor" key={actor}>
          <h3>{actorName(actor)}</h3>
          <ul>
            {labels.map((label) => (
              <li key={label.id}>
                <Take label={label} take={take} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <details class="refused">
        <summary>Refused: {refused.length} labels, and by whom</summary>
        {[...byActor(refused)].map(([actor, labels]) => (
          <div class="actor" key={actor}>
            <h3>{actorName(actor)}</h3>
            <dl>
              {labels.map(({ id, label, by }) => (
                <div key={id}>
                  <dt>
                    <code>{label}</code>
                  </dt>
                  {by.map((one) => (
                    <dd key={one.chart}>
                      <Refusal one={one} />
                    </dd>
                  ))}
                </div>
              ))}
            </dl>
          </div>
        ))}
      </details>
    </section>
  );
}

function Take({ label, take }: { readonly label: LiveLabel; readonly take: (label: number) => void }) {
  return (
    <button type="button" class="take" data-label={label.label} onClick={() => take(label.id)}>
      <span class="label">{label.label}</span>
      {label.breaks.length === 0 ? null : <span class="mark">✗ breaks {label.breaks.join(', ')}</span>}
      {label.moves.length === 0 ? <span class="moves">nothing that shows</span> : null}
      {label.moves.map((move) => (
        <span class="moves" key={move}>
          {move}
        </span>
      ))}
    </button>
  );
}

function Refusal({ one }: { readonly one: LiveRefusal }) {
  const who = (
    <>
      <b>{one.chart}</b> ({one.role}) in <i>{one.show}</i>:{' '}
    </>
  );
  if (one.why === 'state')
    return (
      <>
        {who}
        {one.takenIn.length === 0 ? 'no state takes it' : `takes it only in ${one.takenIn.join(', ')}`}
      </>
    );
  return (
    <>
      {who}
      its guard says no{one.read === '' ? '' : `, reading ${one.read}`}
      {one.wouldTake.length === 0 ? '' : `; it would let ${one.wouldTake.join(', ')} through`}
    </>
  );
}

function byActor<T extends LiveLabel | LiveRefused>(labels: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const label of labels) groups.set(label.actor, [...(groups.get(label.actor) ?? []), label]);
  return groups;
}
