import type { TableFamily } from './table-families.ts';

/**
 * The names that a plan cannot choose. Everything that a writer prints starts from here, so no plan can speak of an object that is not
 * Guestward's.
 */
export const ownTable = 'guestward';

const objectPrefix = 'gw_';

/** The set whose one element's comment says which generation stands in the kernel. `objectNameSchema` leaves this name out, and the next. */
export const generationSet = `${objectPrefix}generation`;

/** The set of the 256 pairs of equal bytes. */
export const sameBytesSet = `${objectPrefix}same_bytes`;

/** The upper half of a mark that is Guestward's; the lower half is the port's number. Docker and Kubernetes use low single bits. */
export const ownMark = 0x6777_0000;
export const ownMarkMask = 0xffff_0000;

/**
 * The groups of nfnetlink_log that dropped packets are told to. The kernel gives a group to one reader alone (nfulnl_recv_config, EBUSY or EPERM), so
 * there are as many as there can be readers at once.
 */
export const dropLogGroups = [0x6777, 0x6778, 0x6779, 0x677a] as const;

/** The name in nft of a chain, set or map of the plan. */
export function ownName(name: string): string {
  return `${objectPrefix}${name}`;
}

/** Family and table, as every nft command wants them. */
export function ownTableIn(family: TableFamily): string {
  return `${family} ${ownTable}`;
}

/** The mark of the port with this number, as nft prints marks. */
export function portMark(number: number): string {
  return `0x${(ownMark + number).toString(16)}`;
}

/** The plan's name of a chain, set or map that nft lists. */
export function objectNameOf(name: string): string {
  return name.startsWith(objectPrefix) ? name.slice(objectPrefix.length) : name;
}
