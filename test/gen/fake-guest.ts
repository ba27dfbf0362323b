/**
 * A guest made of plain files, for generated scripts: sysfs as far as they read it, and a driver in kilobytes that knows nothing of
 * the charts. Its `xl` is a shell script over the same folder.
 */

import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK_KB = 131_072;
const BASE_KB = 524_288;
const USED_AT_BOOT_KB = 125_264;

export interface Temper {
  /** The cured kernel: pages that have a frame go back to the allocator. */
  readonly cured?: boolean;
  /** Blocks that are brought online put nothing on the list. */
  readonly losesPages?: boolean;
  /** Memory left from the first shrink or growth on, in kB. */
  readonly availableKb?: number;
  /** The driver never reacts. */
  readonly deaf?: boolean;
}

interface Block {
  readonly number: number;
  state: 'online' | 'offline';
  /** kB with the allocator, kept through an offline; on the list without and with a frame. */
  used: number;
  empty: number;
  backed: number;
}

export class FakeGuest {
  readonly root = mkdtempSync(join(tmpdir(), 'ballast-guest-'));
  private readonly temper: Temper;
  private readonly blocks: Block[] = [];
  private bootUsed = BASE_KB;
  private bootList = 0;
  private current = BASE_KB;
  private xen = BASE_KB;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(temper: Temper = {}) {
    this.temper = temper;
    for (const folder of [
      this.xm('info'),
      this.mb(),
      join(this.root, 'proc'),
      join(this.root, 'bin'),
      ...[0, 1, 2, 3].map((n) => this.mb(`memory${n}`)),
    ])
      mkdirSync(folder, { recursive: true });
    writeFileSync(this.xm('target_kb'), `${BASE_KB}\n`);
    writeFileSync(this.xm('retry_count'), '1\n');
    writeFileSync(this.xm('info/high_kb'), '0\n');
    writeFileSync(this.mb('block_size_bytes'), '8000000\n');
    writeFileSync(this.mb('auto_online_blocks'), 'offline\n');
    for (const n of [0, 1, 2, 3]) writeFileSync(this.mb(`memory${n}/state`), 'online\n');
    writeFileSync(join(this.root, 'max'), `${BASE_KB / 4}\n`);
    this.toolstack();
    this.show();
    this.timer = setInterval(() => this.tick(), 5);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8').trim();
  }

  end(): void {
    clearInterval(this.timer);
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Runs a script as its root; everything it printed, and how it ended. */
  run(
    script: string,
    shell = 'sh',
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ out: string; code: number }> {
    return new Promise((resolve) => {
      const child = spawn(shell, ['-c', script], {
        env: {
          PATH: `${this.root}/bin:${process.env['PATH'] ?? ''}`,
          BALLAST_ROOT: this.root,
          BALLAST_TICK: '0.02',
          BALLAST_BOUND: '3',
          ...env,
        },
      });
      let out = '';
      child.stdout.on('data', (data: Buffer) => {
        out += data.toString();
      });
      child.stderr.on('data', (data: Buffer) => {
        out += data.toString();
      });
      child.on('close', (code) => resolve({ out, code: code ?? -1 }));
    });
  }

  private xm(name: string): string {
    return join(this.root, 'sys/devices/system/xen_memory/xen_memory0', name);
  }
  private mb(name = ''): string {
    return join(this.root, 'sys/devices/system/memory', name);
  }

  private tick(): void {
    const text = readFileSync(this.xm('target_kb'), 'utf8').trim();
    if (text === '' || this.temper.deaf === true) return;
    this.takeStates();
    const target = Number(text);
    if (target < this.current) this.shrink(this.current - target);
    else if (target > this.current) this.grow(target - this.current, target);
    this.show();
  }

  /** What somebody wrote to a block's state file. */
  private takeStates(): void {
    for (const block of this.blocks) {
      const path = this.mb(`memory${block.number}/state`);
      const word = readFileSync(path, 'utf8').trim();
      if (word === 'offline' && block.state === 'online') block.state = 'offline';
      else if (word.startsWith('online') && block.state === 'offline') {
        block.state = 'online';
        if (this.temper.losesPages !== true && this.temper.cured !== true) block.backed = block.used;
        if (this.temper.losesPages !== true) block.empty = BLOCK_KB - block.used;
        if (this.temper.cured !== true) block.used = 0;
        writeFileSync(path, 'online\n');
      }
    }
  }

  private shrink(kb: number): void {
    this.bootUsed -= kb;
    this.bootList += kb;
    this.current -= kb;
    this.xen -= kb;
  }

  private grow(kb: number, target: number): void {
    const room = Number(this.read('max')) * 4 - this.xen;
    const fromBoot = Math.min(kb, this.bootList, room);
    this.bootUsed += fromBoot;
    this.bootList -= fromBoot;
    let granted = fromBoot;
    for (const block of this.blocks.filter(({ state }) => state === 'online')) {
      const over = Math.min(kb - granted, block.backed, room - granted);
      const fresh = Math.min(kb - granted - over, block.empty, room - granted - over);
      block.backed -= over;
      block.empty -= fresh;
      block.used += over + fresh;
      granted += over + fresh;
    }
    this.current += granted;
    this.xen += granted;
    const total = BASE_KB + this.blocks.length * BLOCK_KB;
    const listed = this.bootList + this.blocks.reduce((sum, { empty, backed }) => sum + empty + backed, 0);
    if (granted > 0 || listed > 0 || target <= total) return;
    for (let missing = target - total; missing > 0; missing -= BLOCK_KB) this.add();
  }

  private add(): void {
    const number = 4 + this.blocks.length;
    this.blocks.push({ number, state: 'offline', used: 0, empty: 0, backed: 0 });
    mkdirSync(this.mb(`memory${number}`));
    writeFileSync(this.mb(`memory${number}/state`), 'offline\n');
  }

  private show(): void {
    const online = this.blocks.filter(({ state }) => state === 'online');
    const sum = (of: (block: Block) => number) => online.reduce((total, block) => total + of(block), 0);
    const low = this.bootList + sum(({ empty, backed }) => empty + backed);
    const managed = this.bootUsed - USED_AT_BOOT_KB + sum(({ used }) => used);
    const available =
      this.current === BASE_KB ? managed - 40_000 : (this.temper.availableKb ?? managed - 40_000);
    this.put(this.xm('info/current_kb'), this.current);
    this.put(this.xm('info/low_kb'), low);
    this.put(join(this.root, 'pages'), this.xen / 4);
    this.put(
      join(this.root, 'proc/meminfo'),
      `MemTotal:  ${managed} kB\nMemFree:  ${available} kB\nMemAvailable:  ${available} kB`,
    );
  }

  private readonly shown = new Map<string, string>();
  private put(path: string, value: number | string): void {
    const text = `${value}\n`;
    if (this.shown.get(path) === text) return;
    this.shown.set(path, text);
    // Nobody may see it half written.
    writeFileSync(`${this.root}/new`, text);
    renameSync(`${this.root}/new`, path);
  }

  private toolstack(): void {
    const programs = {
      xl: `case $1 in
  debug-keys) ;;
  dmesg) echo "(XEN) General information for domain 0:"; echo "(XEN)     nr_pages=$(cat ${this.root}/pages) xenheap_pages=2 dirty_cpus={} max_pages=$(cat ${this.root}/max)"
         echo "(XEN) General information for domain 7:"; echo "(XEN)     nr_pages=1 xenheap_pages=2 dirty_cpus={} max_pages=2" ;;
  mem-max) kb=\${3%k}; echo "$(((kb + 1024) / 4))" > ${this.root}/max ;;
esac`,
      'xenstore-read': 'exit 0',
      'xenstore-write': 'exit 0',
    };
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(this.root, 'bin', name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(this.root, 'bin', name), 0o755);
    }
  }

  /** Blocks that the guest has. */
  list(): readonly string[] {
    return readdirSync(this.mb()).filter((name) => /^memory\d/.test(name));
  }
}
