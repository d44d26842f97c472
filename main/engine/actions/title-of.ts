import type { Action } from '../../../shared/rpc/changes.ts';
import { joinWords } from '../words/join-words.ts';
import { cleanTitle, nameIn } from '../words/title-of-changes.ts';

const named = (text: string): string => {
  const name = nameIn(text);
  return name === undefined ? '' : ` ${name}`;
};

const portsText = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  low === high ? `${low}` : `${low}-${high}`;

function forwardText({ forward }: Extract<Action, { readonly forward: unknown }>): string {
  const { guest, hostPorts, protocol } = forward;
  const who = guest.by === 'name' ? guest.name : guest.by === 'mac' ? guest.mac : guest.address;
  return `${portsText(hostPorts)}/${protocol} to ${who}`;
}

function textOf(action: Action): string {
  switch (action.action) {
    case 'define-network':
      return `${action.start ? 'Define and start' : 'Define'} network${named(action.text)}`;
    case 'start-network':
      return `Start network ${action.network}`;
    case 'stop-network':
      return `Stop network ${action.network}`;
    case 'remove-network':
      return `Remove network ${action.network}`;
    case 'set-autostart':
      return `${action.autostart ? 'Start' : 'No longer start'} network ${action.network} by itself`;
    case 'set-reach':
      return `Change what guests of ${action.network} reach`;
    case 'set-reflect':
      return `${action.reflect ? 'Carry' : 'No longer carry'} what is sent to all between the LAN and ${action.network}`;
    case 'set-openings':
      return `Change what guests of ${action.network} reach on the host`;
    case 'add-forward':
      return `Forward ${forwardText(action)}`;
    case 'remove-forward':
      return `No longer forward ${forwardText(action)}`;
    case 'pin-address':
      return action.address === undefined
        ? `Keep no address for ${action.mac}`
        : `Keep ${action.address} for ${action.name ?? action.mac}`;
    case 'set-default-filter':
      return action.filter === null
        ? `No filter for every NIC on ${action.network}`
        : `Filter every NIC on ${action.network} by ${action.filter}`;
    case 'renumber-network':
      return `Move network ${action.network} to ${action.subnet ?? 'another subnet'}`;
    case 'attach':
      return `Filter ${action.device} by ${action.filter}`;
    case 'detach':
      return `Take the filter from ${action.device}`;
    case 'define-filter':
      return `Define filter${named(action.text)}`;
    case 'undefine-filter':
      return `Undefine filter ${action.filter}`;
    case 'new-port':
      return `Make a port of ${action.network}${action.guest === undefined ? '' : ` for ${action.guest}`}`;
    case 'delete-port':
      return `Delete port ${action.device}`;
    case 'move-nic':
      return `Move ${action.device} to network ${action.network}`;
    case 'cure':
      return `Cure network ${action.network}`;
    case 'restore':
      return 'Restore what the kernel lost';
  }
}

/** Actions in a few words, as the journal calls them. */
export function titleOf(actions: readonly Action[]): string {
  const [first = '', ...rest] = actions.map(textOf);
  const lower = rest.map((text) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`);
  return cleanTitle(joinWords([...new Set([first, ...lower])], 4));
}
