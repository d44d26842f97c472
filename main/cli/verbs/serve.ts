import { refused, usage } from '../cli-failure.ts';
import { isSystemError, reasonOf } from '../read-text-file.ts';
import type { Verb } from '../verb.ts';

const loopback = ['127.0.0.1', '::1'] as const;

export const serve: Verb = {
  name: 'serve',
  summary: 'open the app in a browser of this machine, or through an ssh tunnel',
  description:
    "Serve the app to this machine's browsers, and print a link that opens it once; Enter prints another one. Nothing listens but on loopback addresses: from another machine, lead the same port there with ssh -L PORT:127.0.0.1:PORT and open the link. It ends with Ctrl-C, when no page was open for a while, or after ten wrong tokens.",
  options: [
    { name: 'open', description: 'open it in a window of Chromium, or in the browser that the desktop uses' },
    { name: 'port', value: 'PORT', description: 'the port; else one that is free' },
    { name: 'listen', value: 'ADDRESS', many: true, description: '127.0.0.1, ::1, or both; else 127.0.0.1' },
    { name: 'idle', value: 'MINUTES', description: 'end after so long without a page; else 15' },
  ],
  async run(call) {
    const port = Number(call.text('port') ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return usage(`'${call.text('port')}' is not a port`);
    const idleMinutes = Number(call.text('idle') ?? 15);
    // Beyond 24 days a timer of Node's is over at once.
    if (!(idleMinutes >= 1 && idleMinutes <= 10_080))
      return usage(`'${call.text('idle')}' is not between 1 and 10080 minutes`);
    const wanted = call.texts('listen');
    const foreign = wanted.find((address) => !loopback.some((each) => each === address));
    if (foreign !== undefined) {
      return usage(
        `'${foreign}' is not a loopback address`,
        'from another machine, come through ssh -L PORT:127.0.0.1:PORT',
      );
    }
    const hosts = wanted.length === 0 ? [loopback[0]] : loopback.filter((each) => wanted.includes(each));

    const { findRendererFiles } = await import('../../app/find-renderer-files.ts');
    const files = findRendererFiles();
    if (files === undefined) return refused('the screens are not built', 'npm run build');
    const { createApp } = await import('../../app/create-app.ts');
    const { runServe } = await import('../../serve/run-serve.ts');
    const { environment, interactive, write } = call.terminal;
    const { openWindow } = await import('../../serve/open-window.ts');
    const uid = process.getuid?.() ?? 0;
    const open = (launchUrl: string) => openWindow(launchUrl, { environment, uid });
    const app = await createApp({ environment, door: 'browser', place: 'host' });
    try {
      const options = { hosts, port, idleMinutes, say: write, interactive };
      return await runServe(app, files, call.has('open') ? { ...options, open } : options);
    } catch (error) {
      await app.close();
      if (!isSystemError(error)) throw error;
      return refused(`cannot listen on port ${port}: ${reasonOf(error)}`, 'choose another --port, or leave it away');
    }
  },
};
