import type { Healing } from '../../../shared/plan/healing.ts';
import { printable } from './printable.ts';

/** What was put back while nobody looked, or is not yet, as a sentence that begins with its time. */
export function healingText(healing: Healing): string {
  return `${timeText(healing.at)}  ${describeHealing(healing)}`;
}

/** The same without the time. */
export function describeHealing(healing: Healing): string {
  const { by } = healing;
  const culprit = by === undefined ? '' : `, which ${printable(by.program)} (process ${by.pid}) had taken away`;
  return `${subject(healing)}${culprit}: ${whatBecame(healing)}`;
}

/** Whoever asks what is wrong wants to know what somebody takes away; the last few times. */
export function putBackText(healings: readonly Healing[]): string {
  if (healings.length === 0) return '';
  return `\nPut back, or to be put back:\n${healings
    .slice(-3)
    .map((healing) => `  ${healingText(healing)}\n`)
    .join('')}`;
}

function subject({ what, names }: Healing): string {
  const list = names.map(printable).join(', ');
  switch (what) {
    case 'rules':
      return 'the rules';
    case 'devices':
      return names.length === 1 ? `the device ${list}` : `the devices ${list}`;
    case 'dnsmasq':
      return `dnsmasq of ${list}`;
  }
}

function whatBecame(healing: Healing): string {
  switch (healing.outcome) {
    case 'healed':
      return `back after ${healing.milliseconds} ms`;
    case 'waiting':
      return `gone ${healing.losses} times in a row, to be put back at ${timeText(healing.until)}; ${silence(healing)}`;
    case 'failed':
      return `not to be put back (${printable(healing.message)}), to be tried again at ${timeText(healing.until)}; ${silence(healing)}`;
  }
}

const silence = ({ what }: Healing): string =>
  what === 'rules' ? 'until then bridges of networks are down' : 'until then they are missing';

/** In the time of this machine. */
function timeText(iso: string): string {
  const time = new Date(iso);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}
