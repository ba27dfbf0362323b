/**
 * Where everything lies in the memory of the blocks. All addresses are bytes.
 */

export interface KernelLayout {
  /** 64-bit words of a block. */
  readonly words: number;
  readonly states: number;
  /** Groups of outer states that different threads may write to (parts.ts). */
  readonly parts: number;
  /** Words of a bitmap that go to one part before the next part has its turn. */
  readonly stripe: number;
  /** Target and move of each edge, u32 each. */
  readonly edges: number;
  /** u32 per state and part, and one more: the first of its edges into that part, in the order of `segmentOf`. */
  readonly starts: number;
  /** Two bitmaps of active states, and their words. */
  readonly maps: readonly [number, number];
  readonly mapWords: number;
  /** Blocks of all states, three times: visited, and two that take turns as this layer and the next. */
  readonly planes: readonly [number, number, number];
  /** Behind the blocks. */
  readonly end: number;
  readonly scratch: number;
  /** Per move, u32: address of how many labels it has, then label and address of its sources for each. */
  readonly accounts: number;
  /** With symmetry, u32 per state: how many outer states it stands for. */
  readonly weights: number | undefined;
  /** What threads claim next, i32; and why they have to stop. */
  readonly claim: number;
  readonly stop: number;
  /** What each thread has for itself. */
  readonly areas: readonly number[];
}

/** Within the area of a thread. */
export const AREA = {
  /** The part in hand, and the word of the bitmap where to go on; i32. */
  part: 0,
  at: 4,
  /** What it has counted; i64. */
  population: 8,
  active: 16,
  dead: 24,
  /** With symmetry, states and transitions of all that the outer states stand for. */
  whole: 32,
  taken: 40,
  /** Room for the edges of one state: where, i32. */
  room: 48,
  /** Transitions per label, i64. */
  fired: 64,
} as const;
