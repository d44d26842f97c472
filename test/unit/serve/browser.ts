import { request } from 'node:http';
import type { RunningServer } from '../../../main/serve/start-server.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface Attempt {
  readonly method?: string;
  readonly path?: string;
  /** null: sent without it, although a browser would. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
}

/** What a browser sends with each request from a page of the server's own. */
export function ownHeaders(port: number, method: string): Record<string, string> {
  const host = `127.0.0.1:${port}`;
  const posts = { origin: `http://${host}`, 'content-type': 'application/json' };
  return { host, 'sec-fetch-site': 'same-origin', ...(method === 'POST' && posts) };
}

/** Sends a request as our own page would, but for what the attempt has otherwise. */
export function send(
  { port }: RunningServer,
  { method = 'GET', path = '/', headers = {}, body }: Attempt,
): Promise<Reply> {
  const all = { ...ownHeaders(port, method), ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter((each): each is [string, string] => each[1] !== null));
  return new Promise((resolve, reject) => {
    // The path goes out as it is written.
    const asked = request({ host: '127.0.0.1', port, method, path, headers: sent, setHost: false, agent: false });
    asked.on('error', reject);
    // A WebSocket that is refused is answered like any request.
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' });
    });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.end(body);
  });
}

/** The token in a link. */
export const tokenOf = (link: string): string => new URL(link).hash.replace('#token=', '');

/** Opens the app by a link: what the page then holds. */
export async function openByLink(
  server: RunningServer,
): Promise<{ readonly cookie: string; readonly pageToken: string }> {
  const body = JSON.stringify({ token: tokenOf(server.newLink()) });
  const reply = await send(server, { method: 'POST', path: '/session', body });
  const [cookie = ''] = String(reply.headers['set-cookie']).split(';');
  return { cookie, ...(JSON.parse(reply.body) as { pageToken: string }) };
}
