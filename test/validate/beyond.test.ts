/** Sizes that no guest has and that a target may still ask for: read exactly as long as they can be, and said so where not. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import { type Validation, validate } from '../../src/validate/validate.ts';
import { storeOf, textOf } from '../logs/real-logs.ts';

const RUN = '19-generated-suite-1';
const FILES = ['trace_1_start.txt', 'trace_2_end.txt', 'snapshots.txt'];
/** What the real order was that no address space can hold. */
const TARGET = 536_870_912n;
const SECTION_PAGES = 32_768n;
const TOTAL = 163_840n;

/** The same run, as if its largest order had been so many pages. */
function ordered(target: bigint): Validation | undefined {
  const size = ((target - TOTAL + SECTION_PAGES - 1n) / SECTION_PAGES) << 27n;
  const files = FILES.map((name) => {
    const text = textOf(`${RUN}/${name}.gz`)
      .replaceAll(`target=${TARGET} `, `target=${target} `)
      .replaceAll(`tgt=${TARGET} `, `tgt=${target} `)
      .replaceAll(`target_kb=${TARGET * 4n} `, `target_kb=${target * 4n} `)
      .replaceAll('size=0x1ffd8000000 ', `size=0x${size.toString(16)} `);
    return [`run/${name}`, text];
  });
  const found = validate(['run'], storeOf(Object.fromEntries(files)), { protocol: v3, properties });
  return expectOk(found, 'the log is readable')[0];
}

describe('an order beyond every address space', () => {
  it('is judged exactly where its size in bytes is no safe integer', () => {
    const untouched = ordered(TARGET);
    expect(untouched).toMatchObject({ verdict: 'accepted', records: 1332 });
    // 2^49 pages are 2^61 bytes.
    expect(ordered(2n ** 49n)).toMatchObject({ verdict: 'accepted', records: 1332, matched: 1332 });
  });

  it('that no counter holds exactly is a problem with a name', () => {
    const found = ordered(2n ** 53n + 1n);
    expect(found).toMatchObject({ verdict: 'rejected', rejection: { code: 'LOG_FIELD' } });
    expect(found?.rejection?.message).toContain('pages below 2^53');
    expect(ordered(2n ** 64n - 97n)?.doubts).toEqual([
      expect.objectContaining({ got: '18446744073709551519, which is -97 as a signed number' }),
    ]);
    expect(found?.doubts).toEqual([
      expect.objectContaining({ code: 'LOG_BEYOND', expected: 'below 2^53', got: '9007199254740993' }),
    ]);
  });
});
