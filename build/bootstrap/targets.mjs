import { SetupError } from './setup-error.mjs';

const kernelTools = ['nft', 'iptables', 'ebtables', 'ip', 'conntrack', 'dnsmasq'];

/**
 * What an npm script needs and starts, each command a list of arguments for the pinned Node.
 * @typedef {object} Target
 * @property {readonly string[]} tools programs of Debian packages
 * @property {readonly string[]} [services] programs whose packages start a service of the system, so that they are installed where nothing starts one
 * @property {readonly (readonly string[])[]} before
 * @property {readonly string[]} command the user's arguments follow it
 * @property {readonly string[]} [atTerminal] arguments where a person sits before it who has given none
 */

const bundleIfStale = ['build/bundle.ts', '--if-stale'];

/** @type {Readonly<Record<string, Target>>} */
export const targets = {
  start: {
    tools: kernelTools,
    before: [bundleIfStale],
    command: ['build/start.ts'],
  },
  lab: {
    tools: kernelTools,
    before: [bundleIfStale],
    command: ['build/dist/cli.mjs', 'lab'],
    atTerminal: ['--app'],
  },
  test: {
    tools: [...kernelTools, 'tcpdump', 'busybox', 'dhclient', 'ping', 'chromium'],
    services: ['firewalld', 'dbus-daemon'],
    before: [bundleIfStale],
    command: ['build/test.ts'],
  },
  bench: {
    tools: [...kernelTools, 'chromium'],
    before: [bundleIfStale],
    command: ['build/in-private-network.ts', 'test/bench/bench.ts'],
  },
  build: { tools: [], before: [], command: ['build/bundle.ts'] },
  format: { tools: [], before: [], command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write'] },
};

/**
 * @param {string | undefined} name
 * @returns {Target}
 */
export function targetOf(name) {
  const target = name === undefined || !Object.hasOwn(targets, name) ? undefined : targets[name];
  if (!target) throw new SetupError(`usage: node build/bootstrap.mjs ${Object.keys(targets).join('|')} [ARGUMENT...]`);
  return target;
}

/**
 * The programs that a target wants on this system. firewalld's package would put its own firewall on a running host.
 * @param {Target} target
 * @param {{ startsServices: boolean }} system
 */
export function toolsOf({ tools, services = [] }, { startsServices }) {
  return startsServices ? tools : [...tools, ...services];
}

/**
 * The argument lists to run one after the other.
 * @param {Target} target
 * @param {readonly string[]} args
 * @param {{ isTerminal: boolean }} surroundings
 */
export function commandLines(target, args, { isTerminal }) {
  const given = args.length === 0 && isTerminal ? (target.atTerminal ?? []) : args;
  return [...target.before, [...target.command, ...given]];
}
