import type { Change } from '../change.ts';
import { joinWords } from './join-words.ts';

/** Those of XML itself. */
const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' } as const;

/** What is written as the definition's name; whether the text is right otherwise is not asked here. */
export function nameIn(text: string): string | undefined {
  const network = /<name>\s*([^<\s][^<]{0,600}?)\s*<\/name>/.exec(text)?.[1];
  const found = network ?? /<filter\b[^>]*?\bname\s*=\s*['"]([^'"<>]{1,600})/.exec(text)?.[1];
  return found?.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, entity: keyof typeof entities) => entities[entity]);
}

const named = (text: string): string => {
  const name = nameIn(text);
  if (name === undefined) return '';
  return name.length > 60 ? ` ${[...name].slice(0, 57).join('')}...` : ` ${name}`;
};

function textOf(change: Change): string {
  switch (change.change) {
    case 'define-filter':
      return `define filter${named(change.text)}`;
    case 'undefine-filter':
      return `undefine filter ${change.nameOrUuid}`;
    case 'create-binding':
      return 'bind a NIC to a filter';
    case 'bind':
      return `filter ${change.binding.device} by ${change.binding.filter}`;
    case 'delete-binding':
      return `take the filter from ${change.device}`;
    case 'define-network':
      return `define network${named(change.text)}`;
    case 'create-network':
      return `start network${named(change.text)}`;
    case 'undefine-network':
      return `undefine network ${change.network}`;
    case 'start-network':
      return `start network ${change.network}`;
    case 'destroy-network':
      return `stop network ${change.network}`;
    case 'autostart-network':
      return `${change.autostart ? 'start' : 'no longer start'} network ${change.network} by itself`;
    case 'apply-live':
    case 'update-network':
      return `change network ${change.network}`;
    case 'cure-network':
      return `cure network ${change.network}`;
    case 'create-port':
      return `make port ${change.port.device} of ${change.port.network}`;
    case 'delete-port':
      return `delete port ${change.device}`;
    case 'adopt-nics':
      return joinWords([
        ...change.plugged.map(({ device, network }) => `give ${device} the default filter of ${network}`),
        ...change.gone.map((device) => `take the default filter from ${device}, which is gone`),
      ]);
    case 'move-port':
      return `move port ${change.device} to ${change.network}`;
    case 'plug-nic':
      return `plug ${change.plug.device} into ${change.plug.to ?? 'no bridge'}`;
  }
}

/** A title that the journal takes: one line without control characters, not longer than it may be. */
export function cleanTitle(text: string): string {
  const clean = text.replaceAll(/\p{C}/gu, '?');
  return clean.length > 200 ? `${[...clean].slice(0, 150).join('')} ...` : clean;
}

/** Changes in a few words, for a journal to which nobody gave better ones. */
export function titleOfChanges(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Bring networks up to date';
  const live = new Set(changes.flatMap((each) => (each.change === 'apply-live' ? [each.network] : [])));
  // A started network is defined again along with it.
  const told = changes.filter((each) => each.change !== 'define-network' || !live.has(nameIn(each.text) ?? ''));
  const text = joinWords([...new Set(told.map(textOf))], 4);
  return cleanTitle(`${text.charAt(0).toUpperCase()}${text.slice(1)}`);
}
