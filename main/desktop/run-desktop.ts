import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { App } from '../app/app.ts';
import type { RendererFiles } from '../app/renderer-files.ts';
import { answerPage } from './answer-page.ts';
import { appScheme, pageUrl } from './app-scheme.ts';
import { confinePage } from './confine-page.ts';
import type { Electron } from './electron.ts';
import { followDrops } from './follow-drops.ts';
import { createNoticer } from './notices.ts';
import { readOpenedFiles } from './read-opened-files.ts';
import { type ServedPage, servePage } from './serve-page.ts';
import { showTray } from './show-tray.ts';
import { windowOptions } from './window-options.ts';
import { fitPlace, readPlace, type WindowPlace, writePlace } from './window-place.ts';

export interface DesktopParts {
  readonly files: RendererFiles;
  /** Paths of the built preload and of the icon. */
  readonly preload: string;
  readonly icon: string;
  readonly createApp: () => App;
  readonly argv: readonly string[];
  readonly folder: string;
}

/** A page that dies again so soon would go on dying. */
const pageMustLive = 10_000;

/** Opens the window, or hands what was asked for to the one that is open already. Before Electron is ready. */
export async function runDesktop(electron: Electron, parts: DesktopParts): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) return app.quit();
  electron.protocol.registerSchemesAsPrivileged([appScheme]);
  app.enableSandbox();
  electron.Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) => confinePage(contents, contents.session));
  // Somebody who starts it again wants to see it; `open` is there once there is a window.
  let asked: { readonly argv: readonly string[]; readonly folder: string }[] = [parts];
  let open: (argv: readonly string[], folder: string) => void = (argv, folder) => asked.push({ argv, folder });
  app.on('second-instance', (_event, argv, folder) => open(argv, folder));

  await app.whenReady();
  electron.protocol.handle(appScheme.scheme, (request) => answerPage(request, parts.files));
  const main = parts.createApp();
  const placeFile = join(app.getPath('userData'), 'window.json');
  let place = fitPlace(readPlace(placeFile), electron.screen.getAllDisplays());
  const window = new electron.BrowserWindow(windowOptions(place, parts));

  const show = (hash?: string): void => {
    if (hash !== undefined) void window.loadURL(`${pageUrl}${hash}`);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const page: ServedPage = servePage(electron.ipcMain, window.webContents, main, () => {
    open = (argv, folder) => {
      show();
      for (const file of readOpenedFiles(argv, folder)) {
        if (file.ok) page.tell('app.open-file', file.value);
        else new electron.Notification({ title: 'Guestward', body: file.failure }).show();
      }
    };
    for (const { argv, folder } of asked) open(argv, folder);
    asked = [];
  });
  const keep = (change: Partial<WindowPlace>): void => {
    place = { ...place, ...change };
    writePlace(placeFile, place);
  };
  keepPlace(window, keep);

  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  window.on('close', (event) => {
    if (isQuitting || !place.staysInTray) return;
    event.preventDefault();
    window.hide();
  });
  window.once('ready-to-show', () => {
    if (place.maximized) window.maximize();
    window.show();
  });
  let diedAt = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const isAgain = Date.now() - diedAt < pageMustLive;
    diedAt = Date.now();
    if (!isAgain) return window.webContents.reload();
    electron.dialog.showErrorBox('Guestward', `The window's page has ended twice (${reason}). Rules stay in force.`);
    app.quit();
  });

  const noticer = createNoticer((notice) => {
    // Who looks at the window sees it there.
    if (!window.isFocused()) new electron.Notification(notice).show();
  }, Date.now);
  const actions = {
    open: show,
    setStaysInTray: (staysInTray: boolean) => keep({ staysInTray }),
    quit: () => app.quit(),
  };
  const ends = [
    showTray(electron, main, { icon: parts.icon, actions, staysInTray: () => place.staysInTray }),
    main.subscribe(noticer.hear),
    followDrops(main),
    page.close,
  ];

  app.on('window-all-closed', () => app.quit());
  let hasEnded = false;
  app.on('will-quit', (event) => {
    if (hasEnded) return;
    // The helper ends with the app, after what it is at.
    event.preventDefault();
    for (const end of ends) end();
    void main.close().finally(() => {
      hasEnded = true;
      app.quit();
    });
  });
  await window.loadURL(pageUrl);
}

/** Tells where the window is whenever it is left there. */
function keepPlace(window: BrowserWindow, keep: (change: Partial<WindowPlace>) => void): void {
  const tell = (): void => {
    if (!window.isDestroyed()) keep({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  window.on('close', tell);
  window.on('hide', tell);
}
