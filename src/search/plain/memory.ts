/**
 * Where things stand in the memory of a search (README.md has the picture). All addresses are bytes; regions start on 64.
 */
import type { ChartRows } from './rows.ts';

/**
 * Numbers that generated code and the host share, 4 bytes each. What threads write while others read stands in a cache line of its
 * own.
 */
export const HEADER = {
  /** States stored. */
  size: 0,
  /** The next state to expand. */
  next: 4,
  /** The next states that a thread takes, and why all have to stop (0: they need not). */
  claim: 8,
  stop: 12,
  /** States that there is room for. */
  capacity: 64,
  states: 68,
  parents: 72,
  marks: 76,
  slots: 80,
  slotCount: 84,
  /** Bits of a slot that hold the id; the others hold a part of the hash. */
  idMask: 88,
  /** A state whose refusing observers have been reported already. */
  told: 92,
  /** 1 while watches are judged; a graph that is only walked is not judged again. */
  judging: 96,
  /** 1 while successors that have a sooner way are left out (sleep.ts). */
  pruning: 100,
  /** Label masks of the states that wait: where, and how many there is room for, less one. */
  ring: 104,
  ringMask: 108,
  /** States before this one have no mask. */
  maskedFrom: 112,
  /** Label masks that squares are numbered by, and what the program looks up per label. */
  squares: 116,
  orders: 120,
  /** While goals are asked for (ask.ts): where the goal bits of all states stand, and what they are where nothing is open; or 0. */
  asking: 124,
  closed: 128,
  /** 1 while only states are looked at whose cells are all known. */
  sure: 132,
} as const;
export const HEADER_BYTES = 192;

/** States expanded between two visits of the index: enough candidates that their loads overlap, few enough for the first cache. */
export const CHUNK = 64;
/** Bytes for areas that each of several threads may have, and the least and the most of them. */
const QUEUE_BYTES = 1 << 21;
const QUEUE = { least: 4, most: 64 } as const;
/** Every so manieth state has its parent stored; ids are breadth-first, so parents never go back. */
export const PARENT_EVERY = 16;

/** What one thread needs for itself: counters, and the successors of one chunk. Offsets within its area. */
export interface Area {
  /** Transitions per label, 8 bytes each. */
  readonly fired: number;
  /** Per watch 16 bytes: how often (8), the first state (4) and label (4); −1 for none. */
  readonly watches: number;
  /** The states of the chunk (search-code.ts). */
  readonly claim: number;
  /** Transitions per label not yet in `fired`: a number for each label, standing on end, its bits in these words. */
  readonly planes: number;
  /** Per state of the chunk the labels enabled there, and those of them that were left out: 8 bytes for 64 labels. */
  readonly enabled: number;
  readonly asleep: number;
  /** While goals are asked for: per label those whose way may use it (1 byte), and the labels that none may use. */
  readonly usable: number;
  readonly barred: number;
  /** A mask of the label that led to a goal last. */
  readonly lucky: number;
  /** How many successors there are after each state of the chunk, 4 bytes each. */
  readonly ends: number;
  /** Per successor: its words, its hash (8), its id (4), its label (2). */
  readonly keys: number;
  readonly hashes: number;
  readonly ids: number;
  readonly labels: number;
  readonly bytes: number;
}

const aligned = (at: number): number => Math.ceil(at / 64) * 64;

/** 64-bit words that hold a bit a label. */
export const labelWords = (labels: number): number => Math.ceil(labels / 64);

export function areaOf(labels: number, watches: number, words: number): Area {
  const most = CHUNK * labels;
  const masks = 8 * labelWords(labels);
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end = aligned(at + bytes);
    return at;
  };
  const area = {
    fired: place(8 * labels),
    watches: place(16 * watches),
    claim: place(12),
    planes: place(PLANES * masks),
    enabled: place(CHUNK * masks),
    asleep: place(CHUNK * masks),
    usable: place(labels),
    barred: place(masks),
    lucky: place(masks),
    ends: place(4 * CHUNK),
    keys: place(8 * words * most),
    hashes: place(8 * most),
    ids: place(4 * most),
    labels: place(2 * most),
  };
  return { ...area, bytes: end };
}

/** Areas for chunks that each of several threads has: it may be so many ahead, less one, before it waits for its turn. */
export const queueOf = ({ bytes }: Area): number =>
  Math.max(QUEUE.least, Math.min(QUEUE.most, Math.floor(QUEUE_BYTES / bytes)));

/** States expanded in one call, at first and at most; a number of so many bits counts what one label does in it. */
export const CALL = 1 << 12;
export const CALL_MOST = 1 << 16;
export const PLANES = 17;

export interface Regions {
  readonly area: number;
  /** What the program looks up per label (sleep.ts). */
  readonly orders: number;
  /** Per chart: where its rows start. */
  readonly rows: readonly number[];
  readonly states: number;
  readonly parents: number;
  readonly marks: number;
  readonly slots: number;
  readonly slotCount: number;
  readonly capacity: number;
  /** Label masks that squares are numbered by, and those of states that wait. */
  readonly squares: number;
  readonly ring: number;
  readonly end: number;
}

/** Three slots for two states: two thirds full at most. */
const slotsFor = (capacity: number): number => Math.ceil(1.5 * capacity) + 8;

export interface Shape {
  readonly areaBytes: number;
  readonly rows: readonly ChartRows[];
  /** Rows that each chart has room for. */
  readonly locals: readonly number[];
  readonly words: number;
  /** Bytes of goal bits a state. */
  readonly planes: number;
  readonly squareBytes: number;
  readonly orderBytes: number;
  readonly ringBytes: number;
}

export function regionsFor(shape: Shape, capacity: number): Regions {
  const { areaBytes, rows, locals, words, planes, squareBytes, orderBytes, ringBytes } = shape;
  const area = HEADER_BYTES;
  const orders = aligned(area + areaBytes);
  let at = aligned(orders + orderBytes);
  const rowsAt = rows.map(({ stride }, chart) => {
    const from = at;
    at = aligned(at + stride * (locals[chart] ?? 0));
    return from;
  });
  const states = at;
  const parents = aligned(states + 8 * words * capacity);
  const marks = aligned(parents + 4 * Math.ceil(capacity / PARENT_EVERY));
  const slots = aligned(marks + planes * capacity);
  const slotCount = slotsFor(capacity);
  const squares = aligned(slots + 4 * slotCount);
  const ring = aligned(squares + squareBytes);
  return {
    area,
    orders,
    rows: rowsAt,
    states,
    parents,
    marks,
    slots,
    slotCount,
    capacity,
    squares,
    ring,
    end: aligned(ring + ringBytes),
  };
}

/** The largest capacity up to `wanted` whose regions end within `bytes`; 0 where not even the rows fit. */
export function capacityWithin(shape: Shape, wanted: number, bytes: number): number {
  if (regionsFor(shape, wanted).end <= bytes) return wanted;
  let [low, high] = [0, wanted];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (regionsFor(shape, middle).end <= bytes) low = middle;
    else high = middle;
  }
  return low;
}
