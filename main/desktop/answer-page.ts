import { randomBytes } from 'node:crypto';
import { pageHeaders } from '../app/page-headers.ts';
import type { RendererFiles } from '../app/renderer-files.ts';
import { isOwnUrl } from './app-scheme.ts';

/** Answers what the window's page asks of `app://`: the files of the screens, each with the strictest policy, and nothing else. */
export function answerPage(request: { readonly method: string; readonly url: string }, files: RendererFiles): Response {
  const nonce = randomBytes(16).toString('base64');
  const headers = pageHeaders(nonce);
  if (request.method !== 'GET') return new Response(null, { status: 405, headers });
  const file = isOwnUrl(request.url) ? files.find(new URL(request.url).pathname, nonce) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'Content-Type': file.type } });
}
