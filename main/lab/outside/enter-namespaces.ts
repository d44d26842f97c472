import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { openWindow } from '../../serve/open-window.ts';
import { appVariable, enterVariable, lifelineVariable, ownCommandLine, roleVariable } from '../role.ts';
import { requireTools, tools } from '../run-tool.ts';
import { openLifeline } from './lifeline.ts';
import { openRelay } from './relay.ts';
import { findWayIn } from './way-in.ts';

interface Outside {
  readonly say: (note: string) => void;
  /** Whether the app is to be reached from out here. */
  readonly app: boolean;
}

/** Starts this program again as the room, in namespaces of its own, and returns its exit status. */
export async function enterNamespaces({ say, app }: Outside): Promise<number> {
  requireTools();
  const way = await findWayIn();
  if (way.note !== undefined) say(way.note);

  const lifeline = await openLifeline();
  const relay = app ? await openRelay() : undefined;
  const windows: { close(): void }[] = [];
  // The room has made an address for a window; only out here is there a screen.
  lifeline.onLine((launchUrl) => {
    const window = openWindow(launchUrl, { environment: process.env, uid: process.getuid?.() ?? 0 });
    say(window.ok ? `${window.value.program} opens a window.` : `No window is opened: ${window.failure}.`);
    if (window.ok) windows.push(window.value);
  });
  const [program, ...before] = way.command;
  // Named one by one: sudo passes no environment on.
  const environment = [
    `${roleVariable}=room`,
    `${lifelineVariable}=${lifeline.path}`,
    `${enterVariable}=${way.enter}`,
    ...(relay === undefined ? [] : [`${appVariable}=${relay.port}:${relay.path}`]),
    ...['SHELL', 'TERM', 'NO_COLOR', 'COLUMNS', 'LANG'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [`${name}=${value}`];
    }),
  ];
  const child = spawn(program, [...before, tools.env, ...environment, ...ownCommandLine()], {
    stdio: 'inherit',
    shell: false,
  });

  // Ctrl-C reaches the room by itself, as a member of the terminal's process group; we only outlive it.
  const outlive = () => {};
  let endedBy: NodeJS.Signals | undefined;
  const end = (signal: NodeJS.Signals) => {
    endedBy = signal;
    lifeline.cut();
  };
  process.on('SIGINT', outlive).on('SIGTERM', end).on('SIGHUP', end);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        const fatal = endedBy ?? signal;
        resolve(fatal ? 128 + constants.signals[fatal] : (code ?? 1));
      });
    });
  } finally {
    process.off('SIGINT', outlive).off('SIGTERM', end).off('SIGHUP', end);
    lifeline.cut();
    relay?.close();
    for (const window of windows) window.close();
  }
}
