import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { parseJson } from '../../shared/plan/parse-json.ts';
import { browserSession } from '../../shared/rpc/browser-session.ts';
import { pageHeaders } from '../app/page-headers.ts';
import type { RendererFile, RendererFiles } from '../app/renderer-files.ts';
import type { Refusal } from './gate.ts';
import { type Keys, newSecret } from './keys.ts';
import { readBody } from './read-body.ts';
import { readCookie, setCookie } from './session-cookie.ts';

/** Where a launch file leads; behind it stands its secret. */
export const launchPath = '/launch/';

export interface HttpParts {
  readonly files: RendererFiles;
  readonly keys: Keys;
  readonly port: number;
}

const swapSchema = z.strictObject({ token: z.string().max(128) });
const maxBodyBytes = 1024;
const expired: Refusal = { status: 401, reason: 'This link has been used, or is not of this server.' };

/** Answers a request that the gate has let in. */
export async function answerHttp(request: IncomingMessage, response: ServerResponse, parts: HttpParts): Promise<void> {
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  if (request.method === 'GET') return sendFile(request, response, parts, path);
  if (path === browserSession.swapPath) return await swap(request, response, parts);
  if (path === browserSession.checkPath) return check(request, response, parts);
  refuseHttp(response, { status: 404, reason: 'There is nothing here.' });
}

/** A refusal is read by people who have opened a wrong address, and by attackers. */
export function refuseHttp(response: ServerResponse, { status, reason }: Refusal): void {
  // What the rest of the request is, nobody wants to know.
  const headers = { ...pageHeaders(newSecret()), 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' };
  response.writeHead(status, headers).end(`${reason}\n`);
}

/** One who holds a launch file is brought to the page by a page of ours, and so comes from our own origin. */
export function answerLaunch(response: ServerResponse, secret: string, { keys }: HttpParts): void {
  const token = keys.redeemLaunch(secret);
  if (token === undefined) {
    refuseHttp(response, expired);
    return;
  }
  const headers = { ...pageHeaders(newSecret()), 'Content-Type': 'text/html; charset=utf-8' };
  response.writeHead(200, headers).end(redirectPage(`/#${browserSession.fragment}=${token}`));
}

/** A page that leads on. The address is ours: letters, digits and punctuation that mean nothing in HTML. */
export const redirectPage = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Guestward</title><meta http-equiv="refresh" content="0; url=${url}">\n`;

const compressed = new WeakMap<RendererFile, Buffer>();

function sendFile(request: IncomingMessage, response: ServerResponse, { files }: HttpParts, path: string): void {
  const nonce = newSecret();
  const file = files.find(path, nonce);
  if (file === undefined) {
    refuseHttp(response, { status: 404, reason: 'There is nothing here.' });
    return;
  }
  const socketOrigin = `ws://${request.headers.host}`;
  const headers = { ...pageHeaders(nonce, [socketOrigin]), 'Content-Type': file.type, Vary: 'Accept-Encoding' };
  // Through a tunnel the way is long; what is compressed is the same for everybody and holds no secret but the nonce.
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    response.writeHead(200, headers).end(file.bytes);
    return;
  }
  const bytes = compressed.get(file) ?? gzipSync(file.bytes);
  compressed.set(file, bytes);
  response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip' }).end(bytes);
}

async function swap(request: IncomingMessage, response: ServerResponse, { keys, port }: HttpParts): Promise<void> {
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) return refuseHttp(response, { status: 413, reason: 'That is too long.' });
  const wanted = swapSchema.safeParse(parseJson(body, 2)?.value);
  if (!wanted.success) return refuseHttp(response, { status: 400, reason: 'A token is wanted.' });
  const session = keys.redeemLink(wanted.data.token);
  if (session === undefined) return refuseHttp(response, expired);
  response
    .writeHead(200, {
      ...pageHeaders(newSecret()),
      'Content-Type': 'application/json',
      'Set-Cookie': setCookie(port, session.cookie),
    })
    .end(JSON.stringify({ pageToken: session.pageToken }));
}

function check(request: IncomingMessage, response: ServerResponse, { keys, port }: HttpParts): void {
  const pageToken = request.headers[browserSession.header];
  const cookie = readCookie(request.headers.cookie, port);
  if (!keys.admits(cookie, typeof pageToken === 'string' ? pageToken : undefined)) {
    refuseHttp(response, expired);
    return;
  }
  response.writeHead(204, pageHeaders(newSecret())).end();
}
