/**
 * What a label does to a guest, and what cannot be.
 */

/** What cannot be: the label says something else than the pages and counters do. Undefined where all is well. */
export type Complaint = string | undefined;

export const unless = (holds: boolean, complaint: string): Complaint => (holds ? undefined : complaint);

/** Payload of a label; a label without it is refused by the charts long before. */
export interface Carried {
  readonly pages: number;
  readonly section: number;
  readonly block: number;
  readonly first: number;
  readonly count: number;
}

/** By family, or by the first part of one; `outcome` is the rest. */
export type Effects = Readonly<Record<string, (label: Carried, outcome: string) => Complaint>>;
