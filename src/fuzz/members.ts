/**
 * A set of indices below a size, with the nth member at hand. Starts full or empty without being filled in.
 */
export class Members {
  private readonly order: number[] = [];
  private readonly places = new Map<number, number>();
  /** While full from the start: members that have left; the rest is not listed. */
  private listed: boolean;
  private readonly all: number;

  constructor(size: number, full: boolean) {
    this.all = size;
    this.listed = !full;
  }

  get size(): number {
    return this.listed ? this.order.length : this.all;
  }

  nth(n: number): number {
    return this.listed ? (this.order[n] ?? 0) : n;
  }

  set(index: number, has: boolean): void {
    if (!this.listed) this.list();
    const place = this.places.get(index);
    if (has && place === undefined) {
      this.places.set(index, this.order.length);
      this.order.push(index);
    } else if (!has && place !== undefined) {
      const last = this.order.pop() as number;
      this.places.delete(index);
      if (last !== index) {
        this.order[place] = last;
        this.places.set(last, place);
      }
    }
  }

  private list(): void {
    this.listed = true;
    for (let index = 0; index < this.all; index++) {
      this.places.set(index, index);
      this.order.push(index);
    }
  }
}
