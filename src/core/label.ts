/**
 * A label is an XState event: a family (`verb.outcome`) with an integer payload.
 * Sections, blocks and slots are numbered from 0 in hot-added address space; `BOOT` is the boot pseudo-section.
 */

/** Index of the pseudo-section that stands for all memory present at boot. */
export const BOOT = -1;

export interface Label {
  /** The family, `verb.outcome`. */
  readonly type: string;
  readonly section?: number;
  readonly block?: number;
  /** First section of a run. */
  readonly first?: number;
  /** Sections in a run. */
  readonly count?: number;
  /** 4 KiB frames. */
  readonly pages?: number;
}

/** Keys of a payload, in the order they are told. */
export const PAYLOAD = ['section', 'block', 'first', 'count', 'pages'] as const;
export type PayloadKey = (typeof PAYLOAD)[number];

/** Reads one payload number; throws if the label has none (an alphabet bug of ours). */
export function payload(label: Label, key: PayloadKey): number {
  const value = label[key];
  if (value === undefined) throw new Error(`label ${label.type} carries no ${key}`);
  return value;
}

/** `populate.ok(section 0, pages 2)`; the boot pseudo-section reads `boot`. */
export function labelText(label: Label): string {
  const parts = PAYLOAD.flatMap((key) => {
    const value = label[key];
    return value === undefined ? [] : [`${key} ${key === 'section' && value === BOOT ? 'boot' : value}`];
  });
  return parts.length === 0 ? label.type : `${label.type}(${parts.join(', ')})`;
}

/** Whether a run label (first, count) covers this section. */
export function covers(label: Label, section: number): boolean {
  const first = payload(label, 'first');
  return section >= first && section < first + payload(label, 'count');
}
