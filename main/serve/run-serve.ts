import { createInterface } from 'node:readline';
import type { App } from '../app/app.ts';
import type { RendererFiles } from '../app/renderer-files.ts';
import type { openWindow } from './open-window.ts';
import { type Ending, startServer } from './start-server.ts';

export interface ServeOptions {
  readonly hosts: readonly ('127.0.0.1' | '::1')[];
  /** 0: any that is free. */
  readonly port: number;
  readonly idleMinutes: number;
  readonly say: (text: string) => void;
  /** Whether somebody sits before it who can press Enter. */
  readonly interactive: boolean;
  /** Opens a window at once; absent: the link is all. */
  readonly open?: (launchUrl: string) => ReturnType<typeof openWindow>;
}

const endings: Readonly<Record<Ending, string>> = {
  closed: '',
  idle: 'No page was open for a while: serve ends here.\n',
  'too-many-tries':
    'Ten wrong tokens were tried: serve ends here. Start it again for a new link, and see who else uses this machine.\n',
};

/** Serves the app until Ctrl-C, and returns the exit status. Links go to the terminal alone: command lines and files are read by others. */
export async function runServe(app: App, files: RendererFiles, options: ServeOptions): Promise<number> {
  const { hosts, port, idleMinutes, say, interactive, open } = options;
  const server = await startServer({ app, files, listen: { hosts, port }, idleAfter: idleMinutes * 60_000 });
  const window = open?.(server.newLaunchUrl());
  if (window !== undefined) {
    say(window.ok ? `${window.value.program} opens a window.\n` : `No window is opened: ${window.failure}.\n`);
  }
  say(`Guestward is at this link, which opens once:\n\n    ${server.newLink()}\n\n`);
  if (process.env['SSH_CONNECTION'] !== undefined) {
    say(`From the machine you sit at, first: ssh -L ${server.port}:127.0.0.1:${server.port} THIS-MACHINE\n\n`);
  }
  say(interactive ? 'Enter gives a new link, Ctrl-C ends it.\n' : 'Ctrl-C ends it.\n');

  const close = () => server.close();
  process.on('SIGINT', close).on('SIGTERM', close).on('SIGHUP', close);
  const lines = interactive ? createInterface({ input: process.stdin }) : undefined;
  lines?.on('line', () => say(`    ${server.newLink()}\n`));
  try {
    const ending = await server.ended;
    say(endings[ending]);
    return ending === 'too-many-tries' ? 1 : 0;
  } finally {
    lines?.close();
    process.off('SIGINT', close).off('SIGTERM', close).off('SIGHUP', close);
    if (window?.ok) window.value.close();
    await app.close();
  }
}
