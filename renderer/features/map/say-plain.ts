import { words } from '../../words/words.ts';
import type { MapNode } from './map-graph.ts';

interface Said {
  readonly name: string;
  readonly what: string;
  readonly more: readonly string[];
  readonly isStill: boolean;
}

const said = words.map;

/** The words on a node that is neither a network nor a guest. */
export function sayPlain(node: Exclude<MapNode, { kind: 'network' | 'nic' | 'group' }>): Said {
  switch (node.kind) {
    case 'uplink': {
      const { device, kind, up, addresses, defaultFor } = node.uplink;
      const what = [said.uplinks[kind], ...(defaultFor.length > 0 ? [said.mainWay] : []), ...(up ? [] : [said.down])];
      return { name: device, what: what.join(' · '), more: addresses.slice(0, 1), isStill: !up };
    }
    case 'host':
      return {
        name: node.name,
        what: said.host,
        more: node.isOnline ? [] : [said.offline],
        isStill: false,
      };
    case 'bridge':
      return {
        name: node.device,
        what: said.owners[node.owner],
        more: node.guests === 0 ? [] : [said.guests(node.guests)],
        isStill: false,
      };
    case 'bridges':
      return {
        name: said.manyBridges[node.owner](node.devices.length),
        what: said.manyBridgesHint,
        more: [],
        isStill: false,
      };
    case 'apart':
      return { name: said.apart, what: said.apartHint, more: [said.guests(node.guests)], isStill: true };
  }
}
