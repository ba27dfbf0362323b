/**
 * A guest whose P2M is Xen's: pages lent that something foreign is mapped into, intervals that a device decodes, and a populate that
 * meets one of them, which ends the domain.
 */
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

export class Maps {
  /** By section: pages lent that are mapped, and pages of the list that still are. */
  private readonly mapped = new Map<number, number>();
  private readonly listed = new Map<number, number>();

  mappedOf = (section: number): number => this.mapped.get(section) ?? 0;
  listedOf = (section: number): number => this.listed.get(section) ?? 0;

  map(section: number, pages: number): void {
    this.mapped.set(section, this.mappedOf(section) + pages);
  }

  /** Mapped pages go back to the list as they are. */
  free(section: number, pages: number): void {
    this.map(section, -pages);
    this.listed.set(section, this.listedOf(section) + pages);
  }
}

/** Effects that stand in for those of a guest without such entries, given those. */
export function specialEffects(guest: Guest, others: Effects): Effects {
  const { facts, maps, memory } = guest;
  if (!facts.hasSpecial) return {};
  const lent = (section: number) => memory.section(section).count('lent', false);
  const unmapped = (section: number) => lent(section) - maps.mappedOf(section);
  const ends =
    (own: (label: Carried) => Complaint) =>
    (label: Carried): Complaint =>
      unless(guest.room >= label.pages, 'Xen has no frame to put there') ?? own(label);
  const isDevice = (section: number) => section >= 0 && memory.interval(section).rival;
  return {
    'lend.map': ({ section, pages }) => {
      const wrong = unless(unmapped(section) >= pages, 'there are not so many pages without a map');
      maps.map(section, pages);
      return wrong;
    },
    'lend.unmap': ({ section, pages }) => {
      maps.map(section, -pages);
      return unless(maps.mappedOf(section) >= 0, 'there are not so many pages with a map');
    },
    'lend.free': (label) => {
      const over = Math.max(0, label.pages - unmapped(label.section));
      const wrong = unless(over === 0 || !facts.unmapsFirst, 'the page is mapped still');
      if (over > 0) maps.free(label.section, over);
      return others['lend.free']?.(label, 'free') ?? wrong;
    },
    'populate.special': ends(({ section, pages }) =>
      unless(isDevice(section) || maps.listedOf(section) >= pages, 'no entry there is special'),
    ),
    'fill.special': ends(({ section }) => unless(isDevice(section), 'no device is there')),
  };
}
