/**
 * Where the masks of states that wait to be expanded stand: state n at n modulo the number of places, a power of two.
 */
export class Ring {
  /** Bytes a mask. */
  private readonly bytesEach: number;
  /** 0: there is no memory for masks, and nothing sleeps any more. */
  places: number;

  constructor(bytesEach: number, least: number) {
    this.bytesEach = bytesEach;
    this.places = powerOfTwo(least);
  }

  get bytes(): number {
    return this.bytesEach * this.places;
  }

  /** Places for so many states, if not for more. */
  widen(least: number): void {
    this.places = Math.max(this.places, powerOfTwo(least));
  }

  close(): void {
    this.places = 0;
  }

  /** Masks of the states from `from` to below `to`, out of a ring that stands at `at`. */
  take(memory: ArrayBuffer | SharedArrayBuffer, at: number, from: number, to: number): Uint8Array {
    const taken = new Uint8Array(this.bytesEach * Math.max(0, to - from));
    this.pieces(from, to, (place, done, count) =>
      taken.set(
        new Uint8Array(memory, at + this.bytesEach * place, this.bytesEach * count),
        this.bytesEach * done,
      ),
    );
    return taken;
  }

  /** The reverse, perhaps into another ring. */
  put(memory: ArrayBuffer | SharedArrayBuffer, at: number, from: number, masks: Uint8Array): void {
    const { bytesEach } = this;
    this.pieces(from, from + masks.length / bytesEach, (place, done, count) =>
      new Uint8Array(memory, at + bytesEach * place, bytesEach * count).set(
        masks.subarray(bytesEach * done, bytesEach * (done + count)),
      ),
    );
  }

  /** Runs of places, since states go round. */
  private pieces(from: number, to: number, each: (place: number, done: number, count: number) => void): void {
    for (let state = from; state < to; ) {
      const place = state % this.places;
      const count = Math.min(to - state, this.places - place);
      each(place, state - from, count);
      state += count;
    }
  }
}

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(least));
