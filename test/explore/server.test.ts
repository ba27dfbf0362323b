/** `ballast explore`: what it answers, whom it refuses, how it ends. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Asked, guarded, json, type Listening, listenOnLoopback } from '../../src/cli/page/server.ts';
import type { LiveCase, LiveState } from '../../src/explore/live-state.ts';
import { world } from '../cli/fake-io.ts';
import { BARE_TEMPLATE, ballast } from '../ui/small-page.ts';

interface Answered {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Plain http, because `fetch` does not let a Host header through. */
const get = (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { headers, method }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += String(chunk);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });

describe('ballast explore', () => {
  const at = world({ template: () => BARE_TEMPLATE, listen: listenOnLoopback });
  let base = '';
  let ended: Promise<number>;
  const codes = async (path: string): Promise<readonly [number, readonly string[]]> => {
    const { status, body } = await get(`${base}${path}`);
    return [status, (JSON.parse(body) as { problems: { code: string }[] }).problems.map(({ code }) => code)];
  };
  const read = async <T>(path: string): Promise<T> => JSON.parse((await get(`${base}${path}`)).body) as T;

  beforeAll(async () => {
    ended = ballast('explore --variant v3 --scope single', at).then(({ exit }) => exit);
    await vi.waitFor(() => expect(at.out()).toContain('http://'), 10_000);
    base = /^(http:\/\/127\.0\.0\.1:\d+)\/#live=v3\/single&walk=\n$/.exec(at.out())?.[1] ?? '';
  });

  it('shows the page, and leave to talk to itself only', async () => {
    const { status, body, headers } = await get(`${base}/`);
    expect(status).toBe(200);
    expect(body).toContain('data-reach="self"');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-frame-options']).toBe('DENY');
  });

  it('steps', async () => {
    const start = await read<LiveState>('/api/state?variant=v3&scope=single&walk=');
    const [first] = start.enabled;
    const next = await read<LiveState>(`/api/state?variant=v3&scope=single&walk=${first?.id}`);
    expect(next.steps.map(({ label }) => label)).toEqual([first?.label]);
    expect(next.walk).toEqual([first?.id]);
  });

  it('knows the labels that a link was made with', async () => {
    const start = await read<LiveState>('/api/state?variant=v3&scope=single&walk=');
    const id = start.enabled[0]?.id;
    const own = await get(`${base}/api/state?variant=v3&scope=single&of=${start.alphabet}&walk=${id}`);
    expect(own.status).toBe(200);
    // The same variant in a larger scope has other labels, so the ids of its walks are other steps.
    const other = await read<LiveState>('/api/state?variant=v3&scope=pair&walk=');
    expect(other.alphabet).not.toBe(start.alphabet);
    const stale = `/api/state?variant=v3&scope=single&of=${other.alphabet}&walk=${id}`;
    expect(await codes(stale)).toEqual([400, ['WALK_STALE']]);
    expect((await get(`${base}${stale.replace(/walk=.*/, 'walk=')}`)).status).toBe(200);
  });

  it('knows a patch by its name', async () => {
    const state = await read<LiveState>('/api/state?variant=v3%2Bcallback%3DtestP2m&scope=single&walk=');
    expect(state.variant).toBe('v3+callback=testP2m');
    const [status] = await codes('/api/state?variant=v3%2Bcallback%3Dnothing&scope=single&walk=');
    expect(status).toBe(400);
  });

  it('finds counterexamples that end in what they break', async () => {
    const { cases } = await read<{ cases: LiveCase[] }>('/api/cases?variant=v3&scope=single');
    expect(cases.map(({ property }) => property)).toEqual(['I-9', 'I-10', 'I-16', 'I-27', 'D-3']);
    for (const { property, finding, walk } of cases) {
      expect(finding).toBeDefined();
      const end = await read<LiveState>(`/api/state?variant=v3&scope=single&walk=${walk.join('.')}`);
      expect(end.broken.map((one) => one.property)).toContain(property);
    }
  });

  it.each([
    ['/api/state', 400, ['UNKNOWN_VARIANT', 'UNKNOWN_SCOPE']],
    ['/api/state?variant=v9&scope=x&walk=a', 400, ['UNKNOWN_VARIANT', 'UNKNOWN_SCOPE', 'BAD_WALK']],
    ['/api/state?variant=v3&scope=single&walk=99999', 400, ['LABEL_UNKNOWN']],
    ['/api/state?variant=v3&scope=single&walk=0.0.0', 400, ['LABEL_REFUSED']],
    ['/api/cases?variant=v3&scope=nowhere', 400, ['UNKNOWN_SCOPE']],
    [`/api/state?variant=v3&scope=single&walk=${'0.'.repeat(5000)}0`, 400, ['WALK_TOO_LONG']],
    ['/api/state?variant=v3&scope=single&walk=-1', 400, ['BAD_WALK']],
    ['/api/state?variant=__proto__&scope=constructor&walk=', 400, ['UNKNOWN_VARIANT', 'UNKNOWN_SCOPE']],
    ['/%2e%2e/package.json', 404, ['NO_SUCH_PAGE']],
    ['/etc/passwd', 404, ['NO_SUCH_PAGE']],
    ['/../package.json', 404, ['NO_SUCH_PAGE']],
    ['//evil.test/', 404, ['NO_SUCH_PAGE']],
  ])('%s: %d %j', async (path, status, expected) => {
    expect(await codes(path)).toEqual([status, expected]);
  });

  it('answers to its own name only', async () => {
    expect((await get(`${base}/`, { host: 'evil.test' })).status).toBe(403);
    expect((await get(`${base}/`, { host: '127.0.0.1:1' })).status).toBe(403);
    expect((await get(`${base}/`, { host: base.replace('http://127.0.0.1', 'localhost') })).status).toBe(200);
    expect((await get(`${base}/api/models`, { origin: 'http://evil.test' })).status).toBe(403);
    expect((await get(`${base}/api/models`, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await get(`${base}/`, {}, 'POST')).status).toBe(405);
  });

  it('ends with 0 when it is interrupted, and is gone', async () => {
    expect(at.isHeard()).toBe(true);
    at.interrupt();
    expect(await ended).toBe(0);
    expect(at.isHeard()).toBe(false);
    await expect(get(`${base}/`)).rejects.toThrow();
  });
});

describe('what explore cannot do', () => {
  const none = () => world({ template: () => BARE_TEMPLATE, listen: listenOnLoopback });

  it('says all that is wrong at once', async () => {
    const ran = await ballast('explore --variant v9 --scope nowhere --port 99999', none());
    expect(ran.exit).toBe(64);
    for (const code of ['UNKNOWN_VARIANT', 'UNKNOWN_SCOPE', 'BAD_PORT']) expect(ran.err()).toContain(code);
  });

  describe('a port that is taken', () => {
    let taken: Listening;
    beforeAll(async () => {
      taken = await listenOnLoopback(0, async () => json(200, {}));
    });
    afterAll(() => taken.close());

    it('is named', async () => {
      const ran = await ballast(`explore --port ${taken.port}`, none());
      expect(ran.exit).toBe(64);
      expect(ran.err()).toContain('PORT_NOT_FREE');
    });
  });

  it('opens for a link from elsewhere, and is not read from there', async () => {
    const asked = (headers: Asked['headers']): Promise<number> =>
      guarded({ method: 'GET', url: '/', headers: { host: 'localhost:80', ...headers } }, 80, async () =>
        json(200, {}),
      ).then(({ status }) => status);
    expect(await asked({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
    expect(await asked({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await asked({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' })).toBe(403);
  });
});
