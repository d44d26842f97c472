import type { DropGroup } from '../../../shared/rpc/drops.ts';
import type { Nic } from '../../../shared/rpc/machine.ts';

export interface CountedGroup {
  readonly group: DropGroup;
  /** Packets since counting began to be looked at. */
  readonly added: number;
}

export const groupKey = ({ rule, network, verdict }: DropGroup): string =>
  `${verdict} ${rule === undefined ? `network ${network ?? ''}` : `filter ${rule.filter}:${rule.line}`}`;

/** Names of filters and networks that what was typed means: their own, or of NICs that have them. */
function meant(wanted: string, nics: readonly Nic[]): ReadonlySet<string> {
  const own = nics.filter(({ device, hypervisor, port }) =>
    [device, hypervisor?.guest, port?.guest].some((each) => each?.toLowerCase().includes(wanted)),
  );
  return new Set(own.flatMap(({ filter, network }) => [filter?.name, network]).filter((each) => each !== undefined));
}

/** Groups that are wanted, with what came since `first`; a counter that began anew counts from 0. */
export function sinceThen(
  groups: readonly DropGroup[],
  first: readonly DropGroup[],
  wanted: string,
  nics: readonly Nic[],
): readonly CountedGroup[] {
  const before = new Map(first.map((group) => [groupKey(group), group.packets]));
  const text = wanted.trim().toLowerCase();
  const names = text === '' ? new Set<string>() : meant(text, nics);
  return groups
    .filter(({ rule, network }) => {
      const name = rule?.filter ?? network ?? '';
      return name.toLowerCase().includes(text) || names.has(name);
    })
    .map((group) => {
      const then = before.get(groupKey(group)) ?? 0;
      return { group, added: group.packets >= then ? group.packets - then : group.packets };
    });
}
