/**
 * The memory map: sections in address order, boot memory first. Above each the holder of its interval of iomem, below it the
 * state of its block. A page is a square; at real size a section is a strip in proportion.
 */

import {
  type Cell,
  cellName,
  cellsOf,
  type Geometry,
  holderOf,
  merged,
  orphaned,
  PAGE_KINDS,
  type Segment,
  segmentsText,
} from './pages.ts';
import { grouped } from './parts.tsx';
import type { Locals } from './states.ts';

/** Squares up to here, strips beyond. */
const SQUARES_MAX = 16;
/** More sections than this are drawn narrow, without words. */
const WIDE_MAX = 20;
/** More sections than this are drawn several to a cell. */
const CELLS_MAX = 256;
/** So many fit into a small window, with the orphans beside them. */
const FITTING_MAX = 2;

interface MapProps {
  readonly locals: Locals;
  /** The state before, to mark what changed; absent at the start. */
  readonly before: Locals | undefined;
  readonly geometry: Geometry;
}

export function MemoryMap({ locals, before, geometry }: MapProps) {
  const cells = merged(cellsOf(locals, geometry), CELLS_MAX);
  const old = before === undefined ? undefined : merged(cellsOf(before, geometry), CELLS_MAX);
  const lost = orphaned(locals);
  const lostBefore = before === undefined ? lost : orphaned(before);
  const used = new Set([
    ...cells.flatMap(({ segments }) => segments.map(({ kind }) => kind.id)),
    ...(lost > 0 ? ['orphaned'] : []),
  ]);
  const isNarrow = cells.length > WIDE_MAX;
  return (
    <figure class="map">
      <figcaption>Memory map</figcaption>
      {/* Where it may be wider than the window it scrolls, and then the keyboard must reach it. */}
      <section
        class="sideways"
        aria-label="Memory map"
        {...(!isNarrow && cells.length > FITTING_MAX ? { tabIndex: 0 } : {})}
      >
        <div class={isNarrow ? 'cells narrow' : 'cells'} aria-hidden="true">
          {isNarrow ? null : (
            <div class="rowheads">
              <span>address</span>
              <span>iomem</span>
              <span>pages</span>
              <span>section</span>
              <span>block</span>
            </div>
          )}
          {cells.map((cell, at) => (
            <CellView key={cell.chart} cell={cell} old={old?.[at]} isNarrow={isNarrow} />
          ))}
          {lost > 0 ? <Orphans pages={lost} isChanged={lost !== lostBefore} /> : null}
        </div>
        <MapText cells={cells} lost={lost} />
      </section>
      <ul class="legend" aria-label="Kinds of pages">
        {PAGE_KINDS.filter(({ id }) => used.has(id)).map(({ id, letter, name, meaning }) => (
          <li key={id} title={meaning}>
            <span class={`square ${id}`} aria-hidden="true">
              {letter}
            </span>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

interface CellProps {
  readonly cell: Cell;
  readonly old: Cell | undefined;
  readonly isNarrow: boolean;
}

function CellView({ cell, old, isNarrow }: CellProps) {
  const changed = (of: (one: Cell) => string | undefined): string =>
    old !== undefined && of(old) !== of(cell) ? ' changed' : '';
  const holder = holderOf(cell);
  const pages = changed(({ segments }) => segmentsText(segments));
  const title = `${cellName(cell)}: ${cell.state}; ${segmentsText(cell.segments)}`;
  return (
    <div class="cell" title={title}>
      {isNarrow ? null : <span class="address">{cell.name === 'boot' ? 'boot' : cellName(cell)}</span>}
      <span class={`holder ${holder.look}${changed((one) => holderOf(one).words)}`}>
        {isNarrow ? '' : holder.words}
      </span>
      <Pages segments={cell.segments} isNarrow={isNarrow} extra={pages} />
      {isNarrow ? null : (
        <>
          <span class={`words${changed(({ state }) => state)}`}>{spaced(cell.state)}</span>
          <span class={`words faint${changed(({ block }) => block)}`}>
            {cell.block === undefined ? '·' : spaced(cell.block)}
          </span>
        </>
      )}
    </div>
  );
}

/** `goingOnline` → `going online`. */
const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

interface PagesProps {
  readonly segments: readonly Segment[];
  readonly isNarrow: boolean;
  readonly extra: string;
}

function Pages({ segments, isNarrow, extra }: PagesProps) {
  const total = segments.reduce((sum, { pages }) => sum + pages, 0);
  if (!isNarrow && total <= SQUARES_MAX)
    return (
      <span class={`squares${extra}`}>
        {segments.flatMap(({ kind, pages }) =>
          Array.from({ length: pages }, (_, at) => (
            <span key={`${kind.id} ${at}`} class={`square ${kind.id}`}>
              {kind.letter}
            </span>
          )),
        )}
      </span>
    );
  return (
    <span class={`strip${extra}`}>
      {segments.map(({ kind, pages }) => (
        <span
          key={kind.id}
          class={`part ${kind.id}`}
          style={{ flexGrow: String(pages) }}
          title={`${grouped(pages)} ${kind.name}`}
        >
          {isNarrow || pages * 6 < total ? null : (
            <>
              <span>{kind.letter}</span>
              <span>{grouped(pages)}</span>
            </>
          )}
        </span>
      ))}
    </span>
  );
}

function Orphans({ pages, isChanged }: { readonly pages: number; readonly isChanged: boolean }) {
  return (
    <div class="cell">
      <span class="address">nowhere</span>
      <span class="holder none">no address</span>
      {pages <= SQUARES_MAX ? (
        <span class={isChanged ? 'squares changed' : 'squares'}>
          {Array.from({ length: pages }, (_, at) => (
            <span key={at} class="square orphaned">
              ?
            </span>
          ))}
        </span>
      ) : (
        <span class={isChanged ? 'strip changed' : 'strip'}>
          <span class="part orphaned" style={{ flexGrow: '1' }}>
            <span>?</span>
            <span>{grouped(pages)}</span>
          </span>
        </span>
      )}
      <span class="words">orphaned</span>
      <span class="words faint">·</span>
    </div>
  );
}

/** The picture in words. */
function MapText({ cells, lost }: { readonly cells: readonly Cell[]; readonly lost: number }) {
  return (
    <ul class="hidden">
      {cells.map((cell) => (
        <li key={cell.chart}>
          {cellName(cell)}, {spaced(cell.state)}; iomem {holderOf(cell).words};{' '}
          {cell.block === undefined ? '' : `block ${spaced(cell.block)}; `}
          {segmentsText(cell.segments)}
        </li>
      ))}
      {lost > 0 ? <li>{lost} orphaned frames without an address</li> : null}
    </ul>
  );
}
