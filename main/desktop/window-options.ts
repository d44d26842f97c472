import type { BrowserWindowConstructorOptions } from 'electron';
import type { WindowPlace } from './window-place.ts';

/** The one window: its page is taken for hostile, and can do nothing but call the bridge that the preload puts into it. */
export function windowOptions(
  { bounds }: WindowPlace,
  { preload, icon }: { readonly preload: string; readonly icon: string },
): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Guestward',
    icon,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      plugins: false,
      spellcheck: false,
    },
  };
}
