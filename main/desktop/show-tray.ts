import type { Machine } from '../../shared/rpc/machine.ts';
import type { App } from '../app/app.ts';
import type { Electron } from './electron.ts';
import { type TrayActions, trayMenu, trayToolTip } from './tray-menu.ts';

interface TrayParts {
  /** Path of the icon. */
  readonly icon: string;
  readonly actions: TrayActions;
  staysInTray(): boolean;
}

const iconSize = 22;

/** Shows the icon in the tray, with the networks as they are. Returns what ends the listening. */
export function showTray(
  { Menu, nativeImage, Tray }: Electron,
  app: App,
  { icon, actions, staysInTray }: TrayParts,
): () => void {
  const tray = new Tray(nativeImage.createFromPath(icon).resize({ width: iconSize, height: iconSize }));
  const draw = (machine: Machine | undefined): void => {
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(machine, staysInTray(), actions)));
    tray.setToolTip(trayToolTip(machine));
  };
  tray.on('click', () => actions.open());
  draw(undefined);
  void app.handlers['machine.read']({}).then((read) => read.ok && draw(read.value));
  return app.subscribe((event, payload) => {
    if (event === 'machine.changed') draw(payload as Machine);
  });
}
