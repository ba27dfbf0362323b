/** The Cobertura file: xmllint reads it against the format's DTD, and its rates are what its lines say. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceOf } from '../../models/source.ts';
import { renderCobertura } from '../../reports/cobertura.ts';
import { linesOf } from '../../src/coverage/lines.ts';
import { sampleCase, sampleTrace } from './cover-sample.ts';

const { charts } = sampleCase.report;
const files = linesOf([{ charts, recording: sampleTrace, outcomes: sampleCase.outcomes }], sourceOf);
const xml = renderCobertura(files, '1.2.3 "quoted" & <odd>');
const folder = mkdtempSync(join(tmpdir(), 'cobertura-'));
afterAll(() => rmSync(folder, { recursive: true }));
const DTD = fileURLToPath(new URL('./cobertura.dtd', import.meta.url));

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
if (!hasXmllint) console.warn('xmllint is not installed: Cobertura XML is not validated');

function lint(text: string) {
  const path = join(folder, 'coverage.xml');
  // The DTD of this folder, not one of the network.
  writeFileSync(path, text.replace(/<!DOCTYPE[^>]*>\n/, ''));
  return spawnSync('xmllint', ['--noout', '--nonet', '--dtdvalid', DTD, path], { encoding: 'utf8' });
}

describe.skipIf(!hasXmllint)('xmllint', () => {
  it('finds it valid', () => {
    const { status, stderr } = lint(xml);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
  it('would notice an attribute or an element out of place', () => {
    expect(lint(xml.replace('line-rate=', 'lines-rate=')).status).not.toBe(0);
    expect(lint(xml.replace('<methods>', '<method>')).status).not.toBe(0);
  });
});

it('has the line rate that its lines say', () => {
  const lines = [...xml.matchAll(/^ {12}<line number="(\d+)" hits="(\d+)"/gm)].map(([, , hits]) =>
    Number(hits),
  );
  const hit = lines.filter((hits) => hits > 0).length;
  const [, rate, covered, valid] =
    /<coverage line-rate="([\d.]+)".* lines-covered="(\d+)" lines-valid="(\d+)"/.exec(xml) ?? [];
  expect([Number(covered), Number(valid)]).toEqual([hit, lines.length]);
  expect(Number(rate)).toBeCloseTo(hit / lines.length, 3);
  expect(hit).toBeGreaterThan(5);
});

it('tells how many outcomes of the guards on a line were seen', () => {
  const branches = [...xml.matchAll(/branch="true" condition-coverage="(\d+)% \((\d+)\/(\d+)\)"/g)];
  expect(branches.length).toBeGreaterThan(5);
  for (const [, percent, seen, all] of branches)
    expect(Number(percent)).toBe(Math.floor((100 * Number(seen)) / Number(all)));
});
