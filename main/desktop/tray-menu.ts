import type { MenuItemConstructorOptions } from 'electron';
import type { Machine, NetworkSummary } from '../../shared/rpc/machine.ts';

export interface TrayActions {
  /** Shows the window, at a place in it or where it was. */
  open(hash?: string): void;
  setStaysInTray(stays: boolean): void;
  quit(): void;
}

const worst = ({ problems }: NetworkSummary): string =>
  problems.length === 0 ? '' : problems.some(({ severity }) => severity === 'error') ? ' – does not work' : ' – look';

const lineOf = (network: NetworkSummary): string =>
  `${network.title ?? network.name} (${network.kind}): ${network.started ? 'started' : 'stopped'}${worst(network)}`;

/** The networks and how they are, each leading to its page. What changes something is done there, where it is shown first. */
export function trayMenu(
  machine: Machine | undefined,
  staysInTray: boolean,
  { open, setStaysInTray, quit }: TrayActions,
): MenuItemConstructorOptions[] {
  const networks = (machine?.networks ?? []).map(
    (network): MenuItemConstructorOptions => ({
      // A single ampersand would underline the letter after it.
      label: lineOf(network).replaceAll('&', '&&'),
      click: () => open(`#/networks/${encodeURIComponent(network.name)}`),
    }),
  );
  const nothing: MenuItemConstructorOptions = {
    label: machine === undefined ? 'Reading the machine …' : 'No networks yet',
    enabled: false,
  };
  return [
    ...(networks.length === 0 ? [nothing] : networks),
    { type: 'separator' },
    { label: 'Open Guestward', click: () => open('#/map') },
    {
      label: 'Stay here when the window is closed',
      type: 'checkbox',
      checked: staysInTray,
      click: ({ checked }) => setStaysInTray(checked),
    },
    { label: 'Quit', click: quit },
  ];
}

/** What the icon says when it is pointed at. */
export function trayToolTip(machine: Machine | undefined): string {
  if (machine === undefined) return 'Guestward';
  const started = machine.networks.filter((network) => network.started).length;
  const problems = [machine, ...machine.networks, ...machine.nics].flatMap((each) => each.problems).length;
  const said = [`${started} of ${machine.networks.length} networks started`];
  if (machine.force === 'lost') said.push('the kernel has lost the rules');
  if (problems > 0) said.push(problems === 1 ? '1 problem' : `${problems} problems`);
  return `Guestward: ${said.join(', ')}`;
}
