import { chmodSync } from 'node:fs';
import { createApp } from '../../app/create-app.ts';
import { findRendererFiles } from '../../app/find-renderer-files.ts';
import { startServer } from '../../serve/start-server.ts';
import { LabError } from '../failure.ts';
import { appVariable } from '../role.ts';
import type { TellOutside } from './ending.ts';
import { runFolder, stateFolder } from './private-mounts.ts';

interface AppOfTheLab {
  readonly say: (text: string) => void;
  readonly tellOutside: TellOutside;
  /** Called when strangers have tried to get in. */
  readonly ended: () => void;
}

/** The room ends with Ctrl-C, however long nobody looks at it: a timer's longest time. */
const asLongAsTheRoom = 2 ** 31 - 1;

/** Serves the app over the lab's own Guestward at the socket that is led outside, and says how to open it. */
export async function serveApp({ say, tellOutside, ended }: AppOfTheLab): Promise<void> {
  const [, port = '', path = ''] = /^(\d+):(.*)$/.exec(process.env[appVariable] ?? '') ?? [];
  const files = findRendererFiles();
  if (files === undefined) throw new LabError({ kind: 'screens-missing' });
  const environment = { ...process.env, GUESTWARD_STATE_DIR: stateFolder, GUESTWARD_RUN_DIR: runFolder };
  const app = createApp({ environment, door: 'browser', place: 'lab' });
  const server = await startServer({ app, files, listen: { path, port: Number(port) }, idleAfter: asLongAsTheRoom });
  // Where sudo has made the room, its root's socket is to be reached by the user, whose folder nobody else can enter.
  chmodSync(path, 0o666);
  tellOutside(server.newLaunchUrl());
  say(`\nThe lab in the app, by a link that opens once:\n\n    ${server.newLink()}\n`);
  void server.ended.then((why) => {
    if (why === 'too-many-tries') say('Ten wrong tokens were tried: the lab ends here.\n');
    ended();
  });
}
