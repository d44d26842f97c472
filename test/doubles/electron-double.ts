import { EventEmitter } from 'node:events';
import type { Electron } from '../../main/desktop/electron.ts';

type Invoke = (event: unknown, ...args: readonly unknown[]) => Promise<unknown>;

class Contents extends EventEmitter {
  readonly mainFrame = { url: 'app://guestward/' };
  readonly session: PageSession;
  readonly sent: (readonly [channel: string, payload: unknown])[] = [];
  openHandler: (() => unknown) | undefined;
  reloads = 0;

  constructor(session: PageSession) {
    super();
    this.session = session;
  }
  setWindowOpenHandler(handler: () => unknown): void {
    this.openHandler = handler;
  }
  send(channel: string, payload: unknown): void {
    this.sent.push([channel, payload]);
  }
  isDestroyed(): boolean {
    return false;
  }
  reload(): void {
    this.reloads += 1;
  }
}

type Decide = (granted: boolean) => void;

class PageSession extends EventEmitter {
  request: ((contents: unknown, permission: string, decide: Decide) => void) | undefined;
  check: (() => boolean) | undefined;
  device: (() => boolean) | undefined;

  setPermissionRequestHandler(handler: PageSession['request']): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
}

class Window extends EventEmitter {
  readonly webContents = new Contents(new PageSession());
  readonly options: unknown;
  readonly urls: string[] = [];
  readonly done: string[] = [];
  focused = false;
  bounds = { x: 10, y: 20, width: 900, height: 700 };

  constructor(options: unknown) {
    super();
    this.options = options;
  }
  async loadURL(url: string): Promise<void> {
    this.urls.push(url);
  }
  show(): void {
    this.done.push('show');
  }
  hide(): void {
    this.done.push('hide');
    this.emit('hide');
  }
  focus(): void {
    this.done.push('focus');
  }
  maximize(): void {
    this.done.push('maximize');
  }
  restore(): void {
    this.done.push('restore');
  }
  isMinimized(): boolean {
    return false;
  }
  isFocused(): boolean {
    return this.focused;
  }
  isMaximized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return false;
  }
  getNormalBounds() {
    return this.bounds;
  }
}

class Tray extends EventEmitter {
  menu: readonly { readonly label?: string; readonly click?: (item: { readonly checked: boolean }) => void }[] = [];
  toolTip = '';

  setContextMenu(menu: Tray['menu']): void {
    this.menu = menu;
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
}

export interface ElectronDoubleOptions {
  /** Whether no other instance runs. */
  readonly isFirst?: boolean;
  readonly userData: string;
}

/**
 * Stands for Electron's module, whose binary is not here: it remembers what it was told, and has the events happen that a test wants. It shows what is
 * asked of Electron, never that Electron does it.
 */
export function createElectronDouble({ isFirst = true, userData }: ElectronDoubleOptions) {
  const app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => isFirst,
    enableSandbox: () => void seen.app.push('sandbox'),
    whenReady: async () => {},
    getPath: () => userData,
    quit: () => void seen.app.push('quit'),
  });
  const seen = {
    app: [] as string[],
    schemes: [] as unknown[],
    answers: new Map<string, (request: { method: string; url: string }) => Response>(),
    invoked: new Map<string, Invoke>(),
    windows: [] as Window[],
    trays: [] as Tray[],
    notices: [] as { readonly title: string; readonly body: string }[],
    errors: [] as string[],
    menus: [] as unknown[],
  };
  const electron = {
    app,
    BrowserWindow: class extends Window {
      constructor(options: unknown) {
        super(options);
        seen.windows.push(this);
        app.emit('web-contents-created', {}, this.webContents);
      }
    },
    Tray: class extends Tray {
      constructor() {
        super();
        seen.trays.push(this);
      }
    },
    Notification: class {
      readonly options: { readonly title: string; readonly body: string };
      constructor(options: { readonly title: string; readonly body: string }) {
        this.options = options;
      }
      show(): void {
        seen.notices.push(this.options);
      }
    },
    dialog: { showErrorBox: (_title: string, text: string) => void seen.errors.push(text) },
    ipcMain: {
      handle: (channel: string, listener: Invoke) => void seen.invoked.set(channel, listener),
      removeHandler: (channel: string) => void seen.invoked.delete(channel),
    },
    Menu: {
      setApplicationMenu: (menu: unknown) => void seen.menus.push(menu),
      buildFromTemplate: (template: unknown) => template,
    },
    nativeImage: { createFromPath: () => ({ resize: () => ({}) }) },
    protocol: {
      registerSchemesAsPrivileged: (schemes: readonly unknown[]) => void seen.schemes.push(...schemes),
      handle: (scheme: string, answer: (request: { method: string; url: string }) => Response) =>
        void seen.answers.set(scheme, answer),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    session: {},
  };
  return { electron: electron as unknown as Electron, app, seen };
}
