/**
 * Which section number stands for which addresses. A run is numbered when it is reserved; its address is told later, by add.
 */
const PAGE_SHIFT_BYTES = 4096;

export class AddressMap {
  private readonly pagesPerSection: number;
  /** First PFN of each section, by section number. */
  private readonly starts = new Map<number, number>();
  private next = 0;

  constructor(pagesPerSection: number) {
    this.pagesPerSection = pagesPerSection;
  }

  /** Whole sections in so many bytes. */
  sections(bytes: number): number {
    return Math.ceil(bytes / PAGE_SHIFT_BYTES / this.pagesPerSection);
  }

  /** Numbers for a new run; returns the first. */
  reserve(count: number): number {
    const first = this.next;
    this.next += count;
    return first;
  }

  /** The run lies at this address (bytes). */
  bind(first: number, startBytes: number, count: number): void {
    for (let n = 0; n < count; n++)
      this.starts.set(first + n, startBytes / PAGE_SHIFT_BYTES + n * this.pagesPerSection);
  }

  /** The hot-added section that holds a frame; undefined for boot memory and for what the log never saw added. */
  sectionOf(pfn: number): number | undefined {
    for (const [section, start] of this.starts)
      if (pfn >= start && pfn < start + this.pagesPerSection) return section;
    return undefined;
  }

  /** No section is where it was; numbers already given are not given again. */
  forget(): void {
    this.starts.clear();
  }

  /** First address of a section in hexadecimal, as /proc/iomem prints it. */
  text(section: number): string {
    const start = this.starts.get(section);
    return start === undefined ? 'not known yet' : `0x${(start * PAGE_SHIFT_BYTES).toString(16)}`;
  }
}
