/**
 * How several threads share the blocks. Outer states are dealt out in stripes to as many parts as there are threads. While a part is
 * searched only edges into it are taken, so a thread writes where no other does, and a layer is the same set whoever does what.
 * For that the edges of each state are arranged by the part that they lead to.
 */
import { memory as bulk, type I32, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { AGAIN } from '../team.ts';
import { AREA, type KernelLayout } from './kernel-layout.ts';

/** States taken at once where any order will do, and bytes. */
const TAKEN = 10_000;
const BYTES_TAKEN = 1 << 20;

/** Of the states in this word of a bitmap. */
export const partOf = (word: I32, { parts, stripe }: KernelLayout): I32 =>
  parts === 1 ? i32.const(0) : i32.remU(i32.divU(word, i32.const(stripe)), i32.const(parts));

/** Edges into the part after a state's own come first, those into its own last: so moves onto itself are the last edge of all. */
export const segmentOf = (to: I32, from: I32, parts: number): I32 => {
  if (parts === 1) return i32.const(0);
  return i32.remU(i32.sub(i32.add(to, i32.const(2 * parts - 1)), from), i32.const(parts));
};

/** What nobody has taken yet. */
export const claimed = ({ claim }: KernelLayout, many: number): I32 =>
  i32.atomicAdd(i32.const(0), i32.const(many), claim);

/** Some outer states that nobody has taken yet, from `state` to below `until`; returns where there are none. */
export function takeStates(
  f: FunctionBody,
  layout: KernelLayout,
  state: Local<'i32'>,
  until: Local<'i32'>,
): void {
  f.set(state, claimed(layout, TAKEN));
  f.if(i32.geU(f.get(state), i32.const(layout.states)), () => f.return(i32.const(0)));
  f.set(until, i32.add(f.get(state), i32.const(TAKEN)));
  f.if(i32.gtU(f.get(until), i32.const(layout.states)), () => f.set(until, i32.const(layout.states)));
}

/**
 * Empties bitmaps and blocks. Also where memory is fresh: a page that is read before it is written is given out twice, and the second
 * time every thread has to forget the first.
 */
export function emitBlank(f: FunctionBody, layout: KernelLayout): void {
  const [from] = layout.maps;
  const at = f.local('i32');
  const bytes = f.local('i32');
  const all = i32.const(layout.end - from);
  f.set(at, claimed(layout, BYTES_TAKEN));
  f.if(i32.geU(f.get(at), all), () => f.return(i32.const(0)));
  f.set(bytes, i32.sub(all, f.get(at)));
  f.if(i32.gtU(f.get(bytes), i32.const(BYTES_TAKEN)), () => f.set(bytes, i32.const(BYTES_TAKEN)));
  f.do(bulk.fill(i32.add(f.get(at), i32.const(from)), i32.const(0), f.get(bytes)));
  f.return(i32.const(AGAIN));
}

/** Arranges the edges of some states. Where the edges of each begin is known; where each part begins becomes known. */
export function emitArrange(f: FunctionBody, layout: KernelLayout): void {
  const { edges, parts, starts } = layout;
  const area = f.parameter(0, 'i32');
  const [state, until, own, first, begin, end, edge, to, segment] = f.locals(9, 'i32');
  takeStates(f, layout, state, until);
  const part = (of: I32) => partOf(i32.shrU(of, i32.const(6)), layout);
  f.while(i32.ltU(f.get(state), f.get(until)), () => {
    f.set(first, i32.mul(f.get(state), i32.const(4 * parts)));
    f.set(begin, i32.shl(i32.load(f.get(first), starts), i32.const(3)));
    f.set(end, i32.shl(i32.load(f.get(first), starts + 4 * parts), i32.const(3)));
    f.set(own, part(f.get(state)));
    f.set(to, i32.load(f.get(area), AREA.room));
    f.set(segment, i32.const(0));
    const room = i32.load(f.get(area), AREA.room);
    f.while(i32.ltU(f.get(segment), i32.const(parts)), () => {
      const before = i32.sub(f.get(to), room);
      const start = i32.shrU(i32.add(f.get(begin), before), i32.const(3));
      f.do(i32.store(i32.add(f.get(first), i32.shl(f.get(segment), i32.const(2))), start, starts));
      f.set(edge, f.get(begin));
      f.while(i32.ltU(f.get(edge), f.get(end)), () => {
        const target = i32.load(f.get(edge), edges);
        f.if(i32.eq(segmentOf(part(target), f.get(own), parts), f.get(segment)), () => {
          f.do(i64.store(f.get(to), i64.load(f.get(edge), edges)));
          f.set(to, i32.add(f.get(to), i32.const(8)));
        });
        f.set(edge, i32.add(f.get(edge), i32.const(8)));
      });
      f.set(segment, i32.add(f.get(segment), i32.const(1)));
    });
    const at = i32.add(f.get(begin), i32.const(edges));
    f.do(bulk.copy(at, room, i32.sub(f.get(end), f.get(begin))));
    f.set(state, i32.add(f.get(state), i32.const(1)));
  });
  f.return(i32.const(AGAIN));
}
