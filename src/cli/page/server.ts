/**
 * A small server for one page on this machine: loopback only, GET only, and only for who asks it by its own name.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Answer {
  readonly status: number;
  readonly type: 'text/html' | 'application/json' | 'text/plain';
  readonly body: string;
}

export interface Listening {
  readonly port: number;
  /** Ends open connections too. */
  readonly close: () => Promise<void>;
}

/** Port 0 takes any that is free. Rejects if the port cannot be had; an answer that rejects is shown as 500. */
export type Listen = (port: number, answer: (asked: Asked) => Promise<Answer>) => Promise<Listening>;

const LOOPBACK = '127.0.0.1';

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

export const listenOnLoopback: Listen = (port, answer) =>
  new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const at = server.address();
      const own = typeof at === 'object' && at !== null ? at.port : port;
      void respond(request, response, (asked) => guarded(asked, own, answer));
    });
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      const at = server.address();
      resolve({
        port: typeof at === 'object' && at !== null ? at.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: Asked) => Promise<Answer>,
): Promise<void> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const { method = 'GET', url = '/' } = request;
  const { status, type, body } = await answer({ method, url, headers }).catch((error: unknown) =>
    problem(500, 'INTERNAL', error instanceof Error ? error.message : String(error)),
  );
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
  response.end(method === 'HEAD' ? undefined : body);
}

/**
 * A page of somewhere else must not read this one: a foreign name that was pointed at this machine (DNS rebinding) shows in
 * Host, another site's script in Sec-Fetch-Site or Origin.
 */
export async function guarded(
  asked: Asked,
  port: number,
  answer: (asked: Asked) => Promise<Answer>,
): Promise<Answer> {
  const { host, origin } = asked.headers;
  const site = asked.headers['sec-fetch-site'];
  const names = [`${LOOPBACK}:${port}`, `localhost:${port}`];
  if (host === undefined || !names.includes(host))
    return problem(403, 'FOREIGN_HOST', 'this server answers only to its own name', names.join(' or '));
  const isOwn = origin === undefined || names.some((name) => origin === `http://${name}`);
  // Following a link from elsewhere opens the page (`none` or a navigation); reading the interface from elsewhere is refused.
  const isRead = asked.headers['sec-fetch-mode'] !== 'navigate';
  if (!isOwn || (isRead && site !== undefined && site !== 'same-origin' && site !== 'none'))
    return problem(403, 'FOREIGN_ORIGIN', 'this server answers only to its own page');
  if (asked.method !== 'GET' && asked.method !== 'HEAD')
    return problem(405, 'ONLY_GET', 'this server only shows', 'GET');
  return answer(asked);
}

export const problem = (status: number, code: string, message: string, expected?: string): Answer =>
  json(status, { problems: [{ code, message, ...(expected === undefined ? {} : { expected }) }] });

export const json = (status: number, body: unknown): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(body)}\n`,
});
