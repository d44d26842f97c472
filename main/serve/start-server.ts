import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, ListenOptions } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { browserSession } from '../../shared/rpc/browser-session.ts';
import { maxRequestBytes } from '../../shared/rpc/limits.ts';
import type { App } from '../app/app.ts';
import type { RendererFiles } from '../app/renderer-files.ts';
import { answerHttp, answerLaunch, type HttpParts, launchPath, refuseHttp } from './answer-http.ts';
import { checkKnock, hostsOf, type Knock } from './gate.ts';
import { createKeys } from './keys.ts';
import { serveSocket } from './rpc-socket.ts';
import { readCookie } from './session-cookie.ts';

/** Why a server ended. */
export type Ending = 'closed' | 'too-many-tries' | 'idle';

export interface ServerOptions {
  readonly app: App;
  readonly files: RendererFiles;
  /** Where to listen, the first also by name in links; or a Unix socket that somebody leads a port to. */
  readonly listen:
    | { readonly hosts: readonly ('127.0.0.1' | '::1')[]; readonly port: number }
    | { readonly path: string; readonly port: number };
  /** Milliseconds without a page after which the server ends by itself. */
  readonly idleAfter: number;
}

export interface RunningServer {
  readonly port: number;
  /** A link that opens the app once. */
  newLink(): string;
  /** An address that leads to the app once, from any page: what a launch file holds. */
  newLaunchUrl(): string;
  close(): void;
  readonly ended: Promise<Ending>;
}

const maxPages = 8;
const maxConnections = 64;

/** Opens the app to the browsers of this machine. Rejects with the system's error where it cannot listen. */
export async function startServer({ app, files, listen, idleAfter }: ServerOptions): Promise<RunningServer> {
  let end: (why: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  const keys = createKeys(() => stop('too-many-tries'));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxRequestBytes,
    perMessageDeflate: false,
    handleProtocols: () => browserSession.subprotocol,
  });

  let idle: NodeJS.Timeout | undefined;
  const watchIdle = (): void => {
    clearTimeout(idle);
    if (sockets.clients.size === 0) idle = setTimeout(() => stop('idle'), idleAfter);
  };

  const servers: Server[] = [];
  const stop = (why: Ending): void => {
    clearTimeout(idle);
    for (const client of sockets.clients) client.terminate();
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    end(why);
  };

  // Known once the first server listens; until then nobody can ask.
  let parts: HttpParts;
  let hosts: readonly string[] = [];

  const create = (): Server => {
    const server = createServer({
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      requireHostHeader: false,
    });
    server.maxConnections = maxConnections;
    server.on('request', (request, response) => {
      watchIdle();
      const target = request.url ?? '';
      const knock = knockOf(request, false);
      // The browser calls the way from a file to here cross-site; its secret stands for what the browser cannot say.
      const launched = request.method === 'GET' && target.startsWith(launchPath);
      const refusal = checkKnock(launched ? withoutSite(knock) : knock, hosts);
      if (refusal !== undefined) refuseHttp(response, refusal);
      else if (launched) answerLaunch(response, target.slice(launchPath.length), parts);
      else void answerHttp(request, response, parts);
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => {});
      const refusal = checkKnock(knockOf(request, true), hosts) ?? checkPage(request);
      if (refusal !== undefined) return refuseUpgrade(socket, refusal.status);
      sockets.handleUpgrade(request, socket, head, (page) => {
        clearTimeout(idle);
        page.on('close', watchIdle);
        serveSocket(page, app);
      });
    });
    servers.push(server);
    return server;
  };

  /** Whether whoever asks for a WebSocket is a page that was opened by a link. */
  const checkPage = (request: IncomingMessage): { readonly status: number } | undefined => {
    if (request.url !== browserSession.socketPath) return { status: 404 };
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
    const token = offered.find((each) => each.startsWith(browserSession.tokenPrefix));
    const pageToken = token?.slice(browserSession.tokenPrefix.length);
    if (!offered.includes(browserSession.subprotocol)) return { status: 400 };
    if (!keys.admits(readCookie(request.headers.cookie, parts.port), pageToken)) return { status: 401 };
    return sockets.clients.size >= maxPages ? { status: 503 } : undefined;
  };

  const port = await listenOn(create, listen).catch((error: unknown) => {
    stop('closed');
    throw error;
  });
  parts = { files, keys, port };
  hosts = hostsOf(port);
  watchIdle();

  const named = 'hosts' in listen && listen.hosts[0] === '::1' ? '[::1]' : '127.0.0.1';
  const origin = `http://${named}:${port}`;
  return {
    port,
    newLink: () => `${origin}/#${browserSession.fragment}=${keys.newLink()}`,
    newLaunchUrl: () => `${origin}${launchPath}${keys.newLaunch()}`,
    close: () => stop('closed'),
    ended,
  };
}

async function listenOn(create: () => Server, listen: ServerOptions['listen']): Promise<number> {
  if ('path' in listen) {
    await listening(create(), { path: listen.path });
    return listen.port;
  }
  let { port } = listen;
  // The second address takes the port that the first was given.
  for (const host of listen.hosts) {
    const server = create();
    await listening(server, { host, port });
    port = (server.address() as AddressInfo).port;
  }
  return port;
}

function listening(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const knockOf = ({ method = '', url = '', headers, rawHeaders }: IncomingMessage, upgrade: boolean): Knock => ({
  method,
  target: url,
  headers,
  rawHeaders,
  upgrade,
});

function withoutSite({ headers, ...knock }: Knock): Knock {
  const { 'sec-fetch-site': _site, ...others } = headers;
  return { ...knock, headers: others };
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
