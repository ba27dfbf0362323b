import { describe, expect, it } from 'vitest';
import { PROBES, probeDefinition, probeOf, TOP, TRACED } from '../../src/logs/probes.ts';
import { textOf } from './real-logs.ts';

describe('the probe table', () => {
  it('is what the captured runs set, entry by entry', () => {
    const defined = textOf('00-boot/kprobe_events.txt.gz').trimEnd().split('\n');
    expect(PROBES.map((probe) => probeDefinition(probe, 'lab'))).toEqual(defined);
  });

  it('names each probe and each function once', () => {
    expect(new Set(TRACED.map(({ probe }) => probe)).size).toBe(TRACED.length);
    expect(new Set(TRACED.map(({ traces }) => traces)).size).toBe(TRACED.length);
    expect(new Set(PROBES.map(({ event }) => event)).size).toBe(PROBES.length);
  });

  it('lets every probe be called by known probes that return', () => {
    for (const { probe, callers } of TRACED) {
      expect(callers, probe).not.toEqual([]);
      for (const caller of callers) {
        if (caller !== TOP) expect(probeOf(caller)?.of.returns, `${caller} calls ${probe}`).toBeDefined();
      }
    }
  });

  it('finds an event by name, and no other', () => {
    expect(probeOf('dec_ret')?.of.traces).toBe('decrease_reservation');
    expect(probeOf('xen_online_page_ret')).toBeUndefined();
    expect(probeOf('constructor')).toBeUndefined();
  });
});
