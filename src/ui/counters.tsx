/**
 * What Xen counts and what the driver believes, as bars on one scale, each with its change since the step before.
 */
import type { PageChange } from '../../reports/page-data.ts';
import { grouped } from './parts.tsx';
import { type Locals, quantity } from './states.ts';

interface Line {
  readonly name: string;
  readonly chart: string;
  readonly value: (locals: Locals) => number;
}

const of =
  (chart: string, name: string) =>
  (locals: Locals): number =>
    quantity(locals, chart, name);

const HYPERVISOR: readonly Line[] = [
  { name: 'tot', chart: 'hypervisor', value: of('hypervisor', 'tot') },
  { name: 'max', chart: 'hypervisor', value: of('hypervisor', 'max') },
  { name: 'host free', chart: 'hypervisor', value: of('hypervisor', 'free') },
  { name: 'other domain', chart: 'hypervisor', value: of('hypervisor', 'other') },
];

const BOOKS: readonly Line[] = [
  { name: 'target', chart: 'books', value: of('books', 'target') },
  { name: 'current', chart: 'books', value: of('books', 'current') },
  { name: 'low', chart: 'books', value: of('books', 'low') },
  { name: 'total', chart: 'need', value: of('need', 'total') },
];

/** Larger is no count but `nobody knows`: a real log starts without Xen's limit and free heap. */
const KNOWN_MAX = 2 ** 39;

/** The largest count of a run: bars of all its steps have one scale. */
export function scaleOf(start: PageChange, changes: readonly PageChange[]): number {
  let most = 1;
  for (const change of [start, ...changes])
    for (const { name, chart, value } of [...HYPERVISOR, ...BOOKS]) {
      if (change[chart] === undefined || name === '') continue;
      const n = value(change);
      if (n > most && n < KNOWN_MAX) most = n;
    }
  return most;
}

interface CountersProps {
  readonly locals: Locals;
  readonly before: Locals | undefined;
  readonly scale: number;
}

export function Counters(props: CountersProps) {
  return (
    <div class="counters">
      <Sheet title="Xen counts" lines={HYPERVISOR} {...props} />
      <Sheet title="The driver believes" lines={BOOKS} {...props} />
    </div>
  );
}

interface SheetProps extends CountersProps {
  readonly title: string;
  readonly lines: readonly Line[];
}

function Sheet({ title, lines, locals, before, scale }: SheetProps) {
  const shown = lines.filter(({ chart }) => locals[chart] !== undefined);
  if (shown.length === 0) return null;
  const credit = quantity(locals, 'books', 'target') - quantity(locals, 'books', 'current');
  const isWrapped = shown.some(({ chart }) => locals[chart]?.value === 'wrapped');
  return (
    <table class="sheet">
      <caption>{title}</caption>
      <tbody>
        {shown.map((line) => (
          <Meter
            key={line.name}
            name={line.name}
            now={line.value(locals)}
            was={before === undefined ? undefined : line.value(before)}
            scale={scale}
          />
        ))}
        {lines === BOOKS ? (
          <tr>
            <th scope="row" title="target − current">
              credit<span class="hidden">, target − current</span>
            </th>
            <td class="bar" />
            <td class="number">{isWrapped ? 'wrapped' : signed(credit)}</td>
            <td class="delta" />
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

interface MeterProps {
  readonly name: string;
  readonly now: number;
  readonly was: number | undefined;
  readonly scale: number;
}

function Meter({ name, now, was, scale }: MeterProps) {
  const isKnown = Math.abs(now) < KNOWN_MAX;
  const isChanged = isKnown && was !== undefined && was !== now;
  const share = isKnown ? Math.max(0, Math.min(1, now / scale)) : 0;
  const wasKnown = was !== undefined && Math.abs(was) < KNOWN_MAX;
  return (
    <tr class={isChanged ? 'changed' : ''}>
      <th scope="row">{name}</th>
      <td class="bar">
        <span class="track" aria-hidden="true">
          <span class={`fill ${name.replace(' ', '-')}`} style={{ width: `${100 * share}%` }} />
        </span>
      </td>
      <td class="number">{isKnown ? grouped(now) : 'not told'}</td>
      <td class="delta">{isChanged ? (wasKnown ? signed(now - was) : 'told') : ''}</td>
    </tr>
  );
}

const signed = (n: number): string => (n > 0 ? `+${grouped(n)}` : n < 0 ? `−${grouped(-n)}` : '0');
