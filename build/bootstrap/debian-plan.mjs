/**
 * The Debian package that holds each program we start.
 * @type {Readonly<Record<string, string>>}
 */
const packageOf = {
  nft: 'nftables',
  iptables: 'iptables',
  ebtables: 'ebtables',
  ip: 'iproute2',
  conntrack: 'conntrack',
  dnsmasq: 'dnsmasq-base',
  tcpdump: 'tcpdump',
  busybox: 'busybox',
  ping: 'iputils-ping',
  dhclient: 'isc-dhcp-client',
  chromium: 'chromium',
  firewalld: 'firewalld',
  'dbus-daemon': 'dbus',
};

/**
 * @param {readonly string[]} tools names of programs
 * @param {string} osRelease text of os-release(5)
 * @returns {readonly string[]}
 */
export function packagesFor(tools, osRelease) {
  const isUbuntu = /^ID="?ubuntu"?$/m.test(osRelease);
  return tools.map((tool) => {
    // Ubuntu has no package chromium; its chromium-browser brings the snap.
    if (tool === 'chromium' && isUbuntu) return 'chromium-browser';
    const name = packageOf[tool];
    if (name === undefined) throw new Error(`no package is known for ${tool}`);
    return name;
  });
}

/**
 * The packages that are not installed, in the order given.
 * @param {readonly string[]} packages
 * @param {string} listing of dpkg-query: a line `NAME STATUS` for each package it knows, at times twice (two architectures)
 */
export function missingPackages(packages, listing) {
  const installed = new Set();
  for (const line of listing.split('\n')) {
    const [name, status] = line.split(' ');
    if (status === 'installed') installed.add(name);
  }
  return packages.filter((name) => !installed.has(name));
}

/**
 * How packages may be installed: `sudo-asking` needs a person who types a password.
 * @param {{ isRoot: boolean, hasSudo: boolean, asksNothing: () => boolean, hasTerminal: boolean }} situation
 * @returns {'root' | 'sudo' | 'sudo-asking' | 'none'}
 */
export function rightsToInstall({ isRoot, hasSudo, asksNothing, hasTerminal }) {
  if (isRoot) return 'root';
  if (!hasSudo) return 'none';
  if (asksNothing()) return 'sudo';
  return hasTerminal ? 'sudo-asking' : 'none';
}

/**
 * The programs to run, one after the other, to install packages without a question.
 * @param {readonly string[]} packages
 * @param {'root' | 'sudo' | 'sudo-asking'} rights
 * @returns {readonly { readonly argv: readonly [string, ...string[]], readonly mayFail: boolean }[]}
 */
export function installSteps(packages, rights) {
  // sudo clears the environment, so env(1) sets on the far side what keeps debconf from asking.
  const apt = /** @type {const} */ (['/usr/bin/env', 'DEBIAN_FRONTEND=noninteractive', '/usr/bin/apt-get']);
  /** @type {readonly [string, ...string[]]} */
  const program =
    rights === 'root'
      ? apt
      : rights === 'sudo'
        ? ['/usr/bin/sudo', '--non-interactive', ...apt]
        : ['/usr/bin/sudo', ...apt];
  const options = ['--quiet', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];
  return [
    // Without a network the lists at hand may still do.
    { argv: [...program, ...options, 'update'], mayFail: true },
    { argv: [...program, ...options, ...installArguments(packages)], mayFail: false },
  ];
}

/**
 * One line for a person to paste.
 * @param {readonly string[]} packages
 * @param {boolean} hasSudo
 */
export function installCommand(packages, hasSudo) {
  const update = 'apt-get update';
  const install = `apt-get ${installArguments(packages).join(' ')}`;
  return hasSudo ? `sudo ${update} && sudo ${install}` : `su -c '${update} && ${install}'`;
}

/** @param {readonly string[]} packages */
function installArguments(packages) {
  return ['install', '--yes', '--no-install-recommends', ...packages];
}
