import type { IncomingHttpHeaders } from 'node:http';

/** What of a request tells whether it comes from our own page. */
export interface Knock {
  readonly method: string;
  /** The request's target as it was sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn: `headers` hides a header that was sent twice. */
  readonly rawHeaders: readonly string[];
  /** Whether it asks to become a WebSocket. */
  readonly upgrade: boolean;
}

export interface Refusal {
  readonly status: number;
  /** One sentence for whoever reads the answer. */
  readonly reason: string;
}

/** The names that the server answers to, as a Host header has them. A rebound name is none of them, wherever it leads. */
export function hostsOf(port: number): readonly string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  // RFC 9110, section 4.2.1: a browser leaves the default port away.
  return names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
}

/** What every request has to satisfy before anything else of it is looked at; undefined: it may come in. */
export function checkKnock(knock: Knock, hosts: readonly string[]): Refusal | undefined {
  const { method, target, headers, rawHeaders, upgrade } = knock;
  const given = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  const { host, origin } = headers;
  if (host === undefined || host === '' || given !== 1) return refuse(400, 'A request has one Host header.');
  if (!hosts.includes(host)) return refuse(421, 'This server has another name.');
  if (!target.startsWith('/')) return refuse(400, 'The target of a request is a path.');
  if (method !== 'GET' && method !== 'POST') return refuse(405, 'There is nothing but GET and POST here.');

  const fromElsewhere = origin !== undefined && origin !== `http://${host}`;
  const mustSayOrigin = method !== 'GET' || upgrade;
  if (fromElsewhere || (mustSayOrigin && origin === undefined)) return refuse(403, 'This comes from another page.');
  // https://www.w3.org/TR/fetch-metadata: a browser says by itself who asks, and none means that the user did.
  const site = headers['sec-fetch-site'];
  const sites = mustSayOrigin ? ['same-origin'] : ['same-origin', 'none'];
  if (site !== undefined && !sites.includes(String(site))) return refuse(403, 'This comes from another page.');

  // A form and a page of somebody else's can send every other type without asking first.
  if (method === 'POST' && headers['content-type'] !== 'application/json') return refuse(415, 'Send application/json.');
  return undefined;
}

const refuse = (status: number, reason: string): Refusal => ({ status, reason });
