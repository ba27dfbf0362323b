/**
 * Which probes of the table one kernel can have, and what a log without the others cannot show.
 */
import type { KernelSymbols } from './kallsyms.ts';
import { type Counted, PROBES, probeDefinition, TRACED, type TracedFunction } from './probes.ts';

export interface MissingProbe {
  readonly traced: TracedFunction;
  /** `absent` no such symbol (inlined, or another kernel) · `twice` several functions have the name · `barred` on the kernel's blacklist. */
  readonly why: 'absent' | 'twice' | 'barred';
}

export interface ProbePlan {
  /** Lines for `kprobe_events`, in the order of the table. */
  readonly definitions: readonly string[];
  /** Events that fire once a page or all over the kernel: defined, but better counted than listed. */
  readonly quiet: readonly string[];
  readonly missing: readonly MissingProbe[];
  readonly counted: Counted;
}

/** `barred`: names of /sys/kernel/debug/kprobes/blacklist, if known. `group`: of the events in tracefs. */
export function planProbes(
  symbols: KernelSymbols,
  group: string,
  barred: ReadonlySet<string> = new Set(),
): ProbePlan {
  const counted: Counted = !symbols.variables.has('balloon_stats')
    ? 'nothing'
    : symbols.variables.has('balloon_state')
      ? 'all'
      : 'statistics';
  const found = new Map<TracedFunction, string>();
  const missing: MissingProbe[] = [];
  for (const traced of TRACED) {
    const symbol = symbolOf(traced.traces, symbols);
    const why =
      symbol === undefined
        ? 'absent'
        : (symbols.functions.get(symbol) ?? 0) > 1
          ? 'twice'
          : barred.has(symbol)
            ? 'barred'
            : undefined;
    if (why !== undefined) missing.push({ traced, why });
    else if (symbol !== undefined) found.set(traced, symbol);
  }
  const settable = PROBES.flatMap((probe) => {
    const symbol = found.get(probe.of);
    return symbol === undefined ? [] : [{ probe, symbol }];
  });
  return {
    definitions: settable.map(({ probe, symbol }) => probeDefinition(probe, { group, symbol, counted })),
    quiet: settable.filter(({ probe }) => probe.of.optional).map(({ probe }) => probe.event),
    missing,
    counted,
  };
}

/** The function itself, or the only clone the compiler left of it. A part of it (`.cold`, `.part`) is not it. */
function symbolOf(name: string, { functions }: KernelSymbols): string | undefined {
  if (functions.has(name)) return name;
  const clones = [...functions.keys()].filter(
    (symbol) =>
      symbol.startsWith(`${name}.`) &&
      /^\.(?:isra|constprop)\.\d+(?:\.(?:isra|constprop)\.\d+)*$/.test(symbol.slice(name.length)),
  );
  return clones.length === 1 ? clones[0] : undefined;
}

/** A POSIX shell script that sets the probes and switches them on; `off` as its argument takes them away again. */
export function probeScript({ definitions, quiet }: ProbePlan, group: string): string {
  const setting = definitions.map((line) => `set_probe '${line}'`);
  return [
    '#!/bin/sh',
    `# Sets the kprobes of the events group "${group}" as root; "off" removes them. Exits 1 if the kernel refused one.`,
    'T=/sys/kernel/tracing',
    '[ -e "$T/kprobe_events" ] || T=/sys/kernel/debug/tracing',
    '[ -w "$T/kprobe_events" ] || { echo "no writable kprobe_events: root, tracefs and CONFIG_KPROBE_EVENTS are needed" >&2; exit 4; }',
    `if [ -d "$T/events/${group}" ]; then`,
    `  echo 0 > "$T/events/${group}/enable"`,
    `  grep -o '^[pr][0-9]*:${group}/[A-Za-z0-9_]*' "$T/kprobe_events" | sed 's/^[pr][0-9]*:/-:/' | while read -r line; do`,
    '    echo "$line" >> "$T/kprobe_events"',
    '  done',
    'fi',
    '[ "$1" = off ] && exit 0',
    'refused=0',
    'set_probe() {',
    '  echo "$1" >> "$T/kprobe_events" || { echo "refused: $1" >&2; refused=1; }',
    '}',
    '# The clock of /proc/uptime and of dmesg, so that what was read beside the trace can be placed in it. Setting it empties the buffer.',
    `echo boot > "$T/trace_clock" || { echo "refused: trace_clock boot; snapshots may be placed seconds off" >&2; refused=1; }`,
    ...setting,
    `echo 1 > "$T/events/${group}/enable"`,
    '# Once a page, or all over the kernel: defined, and off.',
    `for event in ${quiet.join(' ')}; do`,
    `  [ ! -d "$T/events/${group}/$event" ] || echo 0 > "$T/events/${group}/$event/enable"`,
    'done',
    'exit "$refused"',
    '',
  ].join('\n');
}
