/**
 * The lab's pure parts; no guest is booted here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SCENARIOS = readdirSync(`${HERE}scenarios`);
const scratch = mkdtempSync(join(tmpdir(), 'ballast-lab-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const which = (program: string): string =>
  spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();

/** A PATH with these programs and nothing else. */
function pathOf(...programs: readonly string[]): string {
  const folder = mkdtempSync(join(scratch, 'path-'));
  for (const program of programs) symlinkSync(which(program), join(folder, program));
  return folder;
}

function lab(args: readonly string[], path = process.env['PATH'] ?? '') {
  const { status, stdout, stderr } = spawnSync(which('bash'), [`${HERE}lab.sh`, ...args], {
    encoding: 'utf8',
    env: { PATH: path, HOME: scratch, BALLAST_LAB: join(scratch, 'cache') },
  });
  return { status, stdout, stderr };
}

describe('lab.sh', () => {
  it('says how it is used', () => {
    const { status, stdout } = lab([]);
    expect(status).toBe(64);
    expect(stdout).toContain('lab.sh doctor');
  });

  it('knows its scenarios, each with a line about it', () => {
    const { status, stdout } = lab(['list']);
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(SCENARIOS.length);
    for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^\S+ +\S.{20,}/);
  });

  it('refuses a scenario that is not there before it builds anything', () => {
    const { status, stderr } = lab(['nothing']);
    expect(status).toBe(64);
    expect(stderr).toContain('no scenario nothing; there are:');
    expect(readdirSync(scratch)).not.toContain('cache');
  });

  it('says what is missing and which package has it', () => {
    const path = pathOf('awk', 'uname', 'dirname');
    const { status, stdout } = lab(['doctor'], path);
    expect(stdout).toContain('missing  qemu-system-x86_64: apt-get install qemu-system-x86');
    expect(stdout).toContain('missing  the image: npm run lab -- build');
    expect(status).toBe(69);
    expect(lab(['boot'], pathOf('dirname', 'tr', 'uname')).status).toBe(69);
  });
});

describe.each(SCENARIOS)('%s', (name) => {
  const text = readFileSync(`${HERE}scenarios/${name}`, 'utf8');
  it('has a head that lab.sh understands', () => {
    const words = [...text.matchAll(/^#: (?!GEN )(.*)$/gm)].flatMap((line) => (line[1] ?? '').split(' '));
    expect(words.length).toBeGreaterThan(0);
    for (const word of words)
      expect(word).toMatch(/^(?:MEM|DOM0|VCPUS|LINUX|TIMEOUT|TOOLSTACK|DOMU|LOG)=\S+$/);
  });
});

it.skipIf(which('shellcheck') === '')('the scripts are clean', () => {
  const scripts = ['guest', 'scenarios'].flatMap((folder) =>
    readdirSync(`${HERE}${folder}`).map((name) => `${HERE}${folder}/${name}`),
  );
  // Scenarios are read by init after kit.sh; variables of one are set in the other.
  const hidden = '--exclude=SC1091,SC2034,SC2154,SC2148';
  const done = spawnSync('shellcheck', ['-s', 'dash', hidden, ...scripts], { encoding: 'utf8' });
  expect(done.stdout).toBe('');
  expect(spawnSync('shellcheck', [`${HERE}lab.sh`], { encoding: 'utf8' }).stdout).toBe('');
});
