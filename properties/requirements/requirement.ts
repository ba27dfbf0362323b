/**
 * A requirement: one sentence of a text that others wrote, in our words, and what in Ballast answers for it.
 * Whether it is verified is never written here; `src/spec` computes it from verdicts and logs.
 */

/** Where the sentence stands. */
export interface RequirementSource {
  /** Heading under which it is listed. */
  readonly text: string;
  readonly tree: 'mail' | 'linux' | 'xen';
  /** A file of the tree, or the list and day of a message. */
  readonly path: string;
  /** Function, config symbol, sysfs file, section, or step. */
  readonly symbol: string;
}

interface Stated {
  /** `R-P1`: P proposal, K Kconfig help, A sysfs ABI, L libxl, M memory-hotplug documents, X Xen's public interface. Never reused. */
  readonly id: string;
  readonly source: RequirementSource;
  readonly sentence: string;
  readonly note?: string;
}

export interface ModelledRequirement extends Stated {
  readonly status: 'modelled';
  /** Kinds of the charts that carry it. */
  readonly charts: readonly string[];
  /**
   * Label families that show it; a list inside stands for any one of its members. Of each entry that a variant's alphabet has,
   * a label must be taken, or nothing was shown.
   */
  readonly families: readonly (string | readonly string[])[];
  /** All must hold for it to be verified. */
  readonly properties: readonly string[];
  /** Only searches in these scopes count; absent: every search that has one of the families. */
  readonly scopes?: readonly string[];
  /** Only these guest forms are spoken of; absent: every form. */
  readonly forms?: readonly string[];
  /** Families, among those above, that accepted logs of real guests must show; a log with one of them is evidence. */
  readonly inLogs: readonly string[];
}

export interface UnmodelledRequirement extends Stated {
  readonly status: 'not modelled';
  /** Why nothing answers for it. */
  readonly why: string;
}

export type Requirement = ModelledRequirement | UnmodelledRequirement;

/** A property or a kind of chart that no sentence asks for. */
export interface BeyondTheText {
  readonly what: 'property' | 'chart';
  readonly id: string;
  readonly why: string;
}
