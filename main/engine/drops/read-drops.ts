export { createDeviceNamer } from './device-namer.ts';

import { createPcapReader } from '../../machine/drop-log/pcap-reader.ts';
import { readNflog } from '../../machine/drop-log/read-nflog.ts';
import type { Drop } from './drop.ts';
import { type DropSurroundings, dropOf } from './drop-of.ts';

/** Turns what comes out of the kernel into drops; undefined once it is no such stream. Packets that are not of a rule of ours are left out. */
export function createDropReader(surroundings: DropSurroundings): (pcap: Uint8Array) => readonly Drop[] | undefined {
  const reader = createPcapReader();
  return (pcap) =>
    reader.push(pcap)?.flatMap(({ at, bytes }) => {
      const logged = readNflog(bytes, reader.littleEndian);
      return logged === undefined ? [] : [dropOf(logged, at, surroundings)];
    });
}
