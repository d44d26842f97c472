import type { Happening } from '../watch/happening.ts';
import { clockText } from './clock-text.ts';
import { describeHealing } from './healing-text.ts';
import { printable } from './printable.ts';

const shownRules = 3;

function linkText({ device, change, bridge = '' }: Extract<Happening, { what: 'link' }>): string {
  switch (change) {
    case 'joined':
      return `${device} joined ${bridge}`;
    case 'left':
      return `${device} left ${bridge}`;
    case 'gone':
      return `${device} is gone`;
    case 'appeared':
      return `${device} appeared`;
    case 'up':
    case 'down':
      return `${device} is ${change}`;
  }
}

function leaseText({ network, address, mac, hostname, change }: Extract<Happening, { what: 'lease' }>): string {
  const who = [hostname === undefined ? '' : printable(hostname), mac ?? ''].filter((each) => each !== '').join(', ');
  const guest = who === '' ? 'a guest' : who;
  return change === 'given'
    ? `${address} of ${network} given to ${guest}`
    : `${address} of ${network} is free (${guest})`;
}

const forces = {
  current: 'the rules are in force',
  empty: 'nothing is in force any more',
  lost: 'the kernel no longer has the rules; guestward restore brings them back',
} as const;

function dropsText({ packets, rules }: Extract<Happening, { what: 'drops' }>): string {
  const listed = rules.slice(0, shownRules).map((rule) => `${rule.name} ${rule.packets}`);
  const more = rules.length > shownRules ? [`${rules.length - shownRules} more rules`] : [];
  return `${packets} ${packets === 1 ? 'packet' : 'packets'} (${[...listed, ...more].join(', ')})`;
}

function words(happening: Happening): string {
  switch (happening.what) {
    case 'link':
      return linkText(happening);
    case 'network':
      return `${happening.network} ${happening.change}`;
    case 'lease':
      return leaseText(happening);
    case 'change':
      return `${happening.id}: ${printable(happening.title)} (${printable(happening.by)}, through ${happening.through})`;
    case 'healing':
      return describeHealing(happening.healing);
    case 'rules':
      return forces[happening.force];
    case 'drops':
      return dropsText(happening);
  }
}

/** Wide enough for every kind. */
const kindWidth = 9;

/** One line: when, of what kind, and what. */
export function happeningText(at: number, happening: Happening): string {
  return `${clockText(at)}  ${happening.what.padEnd(kindWidth)}${words(happening)}\n`;
}

/** One object a line. */
export function happeningJson(at: number, happening: Happening): string {
  return `${JSON.stringify({ time: new Date(at).toISOString(), ...happening })}\n`;
}
