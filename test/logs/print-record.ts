/** Prints a record as ftrace does: the inverse of the parser, for round trips and planted edits. */
import { GLOBAL_ARGS, probeOf } from '../../src/logs/probes.ts';
import type { CallRecord, TraceRecord } from '../../src/logs/records.ts';

const SIZE = '+0x0/0x30';

export function printRecord(record: TraceRecord): string {
  const task = `${`${record.task}-${record.pid}`.padStart(23)}   `;
  const head = `${task} [${`${record.cpu}`.padStart(3, '0')}] ..... ${record.seconds.toFixed(6).padStart(12)}:`;
  if (record.kind === 'mark') return `${head} tracing_mark_write: ${record.text}`;
  if (record.kind === 'unknown') return `${head} ${record.event}: ${record.text}`;
  return `${head} ${record.event}: ${printBody(record)}`;
}

function printBody(record: CallRecord): string {
  const probe = probeOf(record.event);
  if (probe === undefined) throw new Error(`${record.event} is not in the table`);
  const traced = probe.of.traces;
  const where = record.kind === 'entry' ? `(${traced}${SIZE})` : `(${record.caller}${SIZE} <- ${traced})`;
  const globals = new Map(GLOBAL_ARGS.map(({ name }) => [name, record.globals?.[name as 'cur']]));
  const words = probe.args.map(({ name, type }) => {
    const value = record.wide[name] ?? record.fields[name] ?? record.words[name] ?? globals.get(name);
    if (value === undefined) throw new Error(`${record.event} lacks ${name}`);
    if (typeof value === 'string') return `${name}="${value}"`;
    return type.startsWith('x') ? `${name}=0x${value.toString(16)}` : `${name}=${value}`;
  });
  return [where, ...words].join(' ');
}
