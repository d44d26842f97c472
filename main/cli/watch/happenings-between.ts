import type { Happening } from './happening.ts';
import type { Look, SeenLink } from './look.ts';

function linkChanges(device: string, before: SeenLink | undefined, after: SeenLink | undefined): readonly Happening[] {
  const link = { what: 'link', device } as const;
  if (after === undefined) return before === undefined ? [] : [{ ...link, change: 'gone' }];
  const found: Happening[] = before === undefined ? [{ ...link, change: 'appeared' }] : [];
  if (before?.bridge !== after.bridge) {
    if (before?.bridge !== undefined) found.push({ ...link, change: 'left', bridge: before.bridge });
    if (after.bridge !== undefined) found.push({ ...link, change: 'joined', bridge: after.bridge });
  }
  if ((before?.up ?? false) !== after.up) found.push({ ...link, change: after.up ? 'up' : 'down' });
  return found;
}

function linksBetween(before: Look, after: Look): readonly Happening[] {
  const devices = [...new Set([...before.links.keys(), ...after.links.keys()])];
  return devices.flatMap((device) => linkChanges(device, before.links.get(device), after.links.get(device)));
}

function networksBetween({ networks: before }: Look, { networks: after }: Look): readonly Happening[] {
  const stopped = [...before].filter((network) => !after.has(network));
  const started = [...after].filter((network) => !before.has(network));
  return [
    ...stopped.map((network): Happening => ({ what: 'network', network, change: 'stopped' })),
    ...started.map((network): Happening => ({ what: 'network', network, change: 'started' })),
  ];
}

function leasesBetween({ leases: before }: Look, { leases: after }: Look): readonly Happening[] {
  const over = [...before].filter(([key]) => !after.has(key));
  const given = [...after].filter(([key, { mac }]) => !before.has(key) || before.get(key)?.mac !== mac);
  return [
    ...over.map(([, lease]): Happening => ({ what: 'lease', change: 'over', ...lease })),
    ...given.map(([, lease]): Happening => ({ what: 'lease', change: 'given', ...lease })),
  ];
}

/** What was put back is told as such, with whoever had taken it away. */
function changesBetween(before: Look, after: Look): readonly Happening[] {
  const newest = before.journal[0]?.id ?? 0;
  return after.journal
    .filter(({ id, kind }) => id > newest && kind !== 'healed')
    .toReversed()
    .map(({ at: _, ...entry }): Happening => ({ what: 'change', ...entry }));
}

function healingsBetween(before: Look, after: Look): readonly Happening[] {
  const known = new Set(before.healings.map((healing) => JSON.stringify(healing)));
  return after.healings
    .filter((healing) => !known.has(JSON.stringify(healing)))
    .map((healing): Happening => ({ what: 'healing', healing }));
}

function dropsBetween({ drops: before }: Look, { drops: after }: Look): readonly Happening[] {
  const rules = [...after]
    .map(([name, packets]) => {
      const then = before.get(name) ?? 0;
      // A counter that is behind itself began anew.
      return { name, packets: packets >= then ? packets - then : packets };
    })
    .filter(({ packets }) => packets > 0)
    .sort((one, other) => other.packets - one.packets);
  const packets = rules.reduce((sum, rule) => sum + rule.packets, 0);
  return packets === 0 ? [] : [{ what: 'drops', packets, rules }];
}

/** What has become otherwise, causes before what follows from them. */
export function happeningsBetween(before: Look, after: Look): readonly Happening[] {
  return [
    ...changesBetween(before, after),
    ...networksBetween(before, after),
    ...linksBetween(before, after),
    ...leasesBetween(before, after),
    ...(before.force === after.force ? [] : [{ what: 'rules', force: after.force } as const]),
    ...healingsBetween(before, after),
    ...dropsBetween(before, after),
  ];
}
