import type { Session, WebContents } from 'electron';
import { isOwnUrl } from './app-scheme.ts';

/** Keeps the page where it is and takes every permission from it, which Electron would otherwise grant (security.md of its documentation). */
export function confinePage(contents: WebContents, session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Settings are exported by a download that the page itself has made.
  session.on('will-download', (event, item) => {
    if (!isOwnUrl(item.getURL().replace(/^blob:/, ''))) event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
