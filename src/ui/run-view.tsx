/**
 * One moment of a run: the memory map, the counters, the charts. Beside it the sequence, or whatever led there.
 */
import type { ComponentChildren } from 'preact';
import type { PageChange, PageGeometry } from '../../reports/page-data.ts';
import { ChartList } from './chart-list.tsx';
import { Counters } from './counters.tsx';
import { MemoryMap } from './memory-map.tsx';
import type { States } from './states.ts';

interface RunViewProps {
  readonly states: States;
  readonly at: number;
  readonly changed: PageChange | undefined;
  readonly geometry: PageGeometry;
  readonly scale: number;
  /** Above the map: what is broken here. */
  readonly notice: ComponentChildren;
  /** Beside the map: the way here. */
  readonly children: ComponentChildren;
}

export function RunView({ states, at, changed, geometry, scale, notice, children }: RunViewProps) {
  const locals = states.at(at);
  const before = at > 0 ? states.at(at - 1) : undefined;
  return (
    <div class="run-view">
      <div class="now">
        {notice}
        <MemoryMap locals={locals} before={before} geometry={geometry} />
        <Counters locals={locals} before={before} scale={scale} />
      </div>
      <div class="way">{children}</div>
      <ChartList locals={locals} before={before} changed={changed} />
    </div>
  );
}
