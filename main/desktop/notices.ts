import type { EventName, Payload } from '../../shared/rpc/contract.ts';

/** What a desktop notification says. */
export interface Notice {
  readonly title: string;
  readonly body: string;
}

export interface Noticer {
  /** Hears everything that the app tells. */
  hear(event: EventName, payload: unknown): void;
}

/** Milliseconds in which so many drops of one guest are worth a word, and how long there is none again. */
const minute = 60_000;
const manyDrops = 100;
const silence = 10 * minute;

const whatOf = ({ what, names }: Payload<'health.healed'>): string =>
  ({ rules: 'the rules', devices: names.join(', '), dnsmasq: `DHCP and DNS of ${names.join(', ')}` })[what];

function healedNotice(healed: Payload<'health.healed'>): Notice {
  const by = healed.program === undefined ? '' : `, which ${healed.program} had taken away`;
  return healed.outcome === 'healed'
    ? { title: 'Guestward put something back', body: `It was ${whatOf(healed)}${by}.` }
    : { title: 'Guestward cannot keep what it guards', body: `It is ${whatOf(healed)}${by}. It is tried again.` };
}

/** Makes notices of what a person wants to know who does not look: what was healed, and drops in bulk, of each guest now and then. */
export function createNoticer(notify: (notice: Notice) => void, now: () => number): Noticer {
  const drops = new Map<string, { since: number; count: number; quietUntil: number }>();

  function countDrops({ groups }: Payload<'drops.seen'>): void {
    for (const { device, count } of groups) {
      const at = now();
      const before = drops.get(device) ?? { since: at, count: 0, quietUntil: 0 };
      const seen = at - before.since > minute ? { ...before, since: at, count: 0 } : before;
      seen.count += count;
      drops.set(device, seen);
      if (seen.count < manyDrops || at < seen.quietUntil) continue;
      seen.quietUntil = at + silence;
      notify({ title: `Much is dropped at ${device}`, body: `${seen.count} packets within a minute. See Activity.` });
    }
  }

  return {
    hear(event, payload) {
      if (event === 'health.healed') notify(healedNotice(payload as Payload<'health.healed'>));
      if (event === 'drops.seen') countDrops(payload as Payload<'drops.seen'>);
    },
  };
}
