import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/core/result.ts';
import {
  compareNames,
  findSegments,
  type LogStore,
  openLines,
  readSequence,
} from '../../src/logs/segments.ts';
import { problemsOf, RUNS, store, storeOf } from './real-logs.ts';

const mark = (seconds: string): string => ` init-1 [000] ..... ${seconds}: tracing_mark_write: LAB x\n`;
const codes = (problems: readonly Problem[]): readonly string[] => problems.map(({ code }) => code);

/** Codes of everything that goes wrong from the path to the last record. */
function readAll(paths: readonly string[], files: LogStore): readonly string[] {
  const found = findSegments(paths, files);
  const read = found.sequences.flatMap((sequence) => problemsOf([...readSequence(sequence, files)]));
  return codes([...found.problems, ...read]);
}

describe('a captured run', () => {
  it.each(RUNS)('%s is found in order', (run) => {
    const { sequences, problems, warnings } = findSegments([run], store);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(sequences.map(({ guest }) => guest)).toEqual(
      run === '09-domu-pv' ? ['dom0', 'domu_console.txt'] : ['dom0'],
    );
    for (const { segments, snapshots } of sequences) {
      expect(segments.map(({ name }) => name)).toEqual(segments.map(({ name }) => name).sort());
      expect(snapshots).toHaveLength(1);
    }
  });

  it('gives the files of 02 as they were made', () => {
    const [dom0] = findSegments(['02-hotplug/'], store).sequences;
    expect(dom0?.segments.map(({ name }) => name.replace(/^trace_|\.txt$/g, ''))).toEqual([
      '1_up_to_boot_max',
      '2_above_max_reserve',
      '3_online_memory6',
      '3_online_memory7',
      '4_down',
      '5_offline_memory6',
      '5_offline_memory7',
      '6_up_while_offline',
    ]);
    expect(dom0?.segments[0]?.firstSeconds).toBeGreaterThan(0);
  });

  it('opens its lines', () => {
    const problems: Problem[] = [];
    expect([...openLines('01-balloon/snapshots.txt.gz', store, problems)]).toHaveLength(241);
    expect(problems).toEqual([]);
  });
});

describe('order', () => {
  it('is natural', () => {
    const names = ['trace_10_x', 'trace_2_x', 'trace_2_memory10', 'trace_2_memory9', 'trace_', 'trace_2'];
    expect(names.toSorted(compareNames)).toEqual([
      'trace_',
      'trace_2',
      'trace_2_memory9',
      'trace_2_memory10',
      'trace_2_x',
      'trace_10_x',
    ]);
  });

  it('follows the clock where names contradict it, with a warning', () => {
    const files = storeOf({
      'run/trace_1_b.txt': mark('2.5'),
      'run/trace_1_a.txt': mark('3.5'),
      'run/trace_1_c.txt': '# tracer: nop\n# entries-in-buffer/entries-written: 0/0\n',
      'run/trace_2.txt': mark('4.5'),
    });
    const { sequences, warnings } = findSegments(['run'], files);
    expect(codes(warnings)).toEqual(['LOG_ORDER']);
    expect(sequences[0]?.segments.map(({ name }) => name)).toEqual([
      'trace_1_b.txt',
      'trace_1_a.txt',
      'trace_1_c.txt',
      'trace_2.txt',
    ]);
  });

  it('notices files that overlap', () => {
    const files = storeOf({
      'run/trace_1.txt': mark('1.5') + mark('9.5'),
      'run/trace_2.txt': mark('2.5') + mark('2.6'),
    });
    expect(readAll(['run'], files)).toEqual(['LOG_OVERLAP']);
  });
});

describe('files named one by one', () => {
  const files = storeOf({
    'a/trace_1.txt': mark('1.5'),
    'b/facts': '=== SNAPSHOT x ===\nSTAT x up=1\n',
    'c/console': `[2026-11-23 09:29:36] hello\n[2026-11-23 09:29:36] ${mark('1.5')}`,
  });

  it('are what they look like', () => {
    const { sequences, problems } = findSegments(['c/console', 'b/facts', 'a/trace_1.txt'], files);
    expect(problems).toEqual([]);
    expect(
      sequences.map(({ guest, segments, snapshots }) => [guest, segments.length, snapshots.length]),
    ).toEqual([
      ['dom0', 1, 1],
      ['console', 1, 1],
    ]);
  });

  it('need a trace among them', () => {
    expect(readAll(['b/facts'], files)).toEqual(['LOG_NO_TRACE']);
  });
});

describe('hostile input is a problem with a code', () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, at) => ((at * 73) % 251) + 4);
  const files = storeOf({
    empty: '',
    nul: 'a\0b\n',
    noise,
    text: 'hello\nworld\n',
    'broken.txt.gz': gzipSync(mark('1.5')).subarray(0, 20),
    'empty.txt.gz': gzipSync(''),
    'run/serial.log': mark('1.5'),
  });

  it.each([
    ['empty', ['LOG_EMPTY']],
    ['empty.txt.gz', ['LOG_EMPTY']],
    ['nul', ['LOG_BINARY']],
    ['noise', ['LOG_BINARY']],
    ['text', ['LOG_NOT_FTRACE']],
    ['broken.txt.gz', ['LOG_UNREADABLE']],
    ['missing', ['LOG_UNREADABLE']],
    ['run', ['LOG_NO_TRACE']],
    ['nothing', ['LOG_NO_TRACE']],
  ])('%s', (path, expected) => {
    expect(readAll([path], files)).toEqual(expected);
  });

  it('a store that fails midway, once', () => {
    let reads = 0;
    const failing: LogStore = {
      list: () => undefined,
      *read() {
        yield new TextEncoder().encode(mark('1.5'));
        reads += 1;
        if (reads > 1) throw new Error('EIO');
      },
    };
    expect(readAll(['x'], failing)).toEqual(['LOG_UNREADABLE']);
  });

  it('a store that cannot even list', () => {
    const failing: LogStore = {
      list: () => {
        throw new Error('EACCES');
      },
      read: () => new Uint8Array(),
    };
    expect(readAll(['x'], failing)).toEqual(['LOG_UNREADABLE']);
  });
});
