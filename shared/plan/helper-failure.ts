import type { PlanProblem } from './check-plan.ts';

/** Why the helper did not do what it was asked. Whatever the kind, what was in force before still is. */
export type HelperFailure =
  /** The request is not of the protocol; `path` leads to the wrong part. */
  | { readonly kind: 'bad-request'; readonly path: string; readonly message: string }
  /** The caller may not use this method. */
  | { readonly kind: 'not-allowed'; readonly method: string; readonly caller: Caller }
  /** Another helper is at work. */
  | { readonly kind: 'busy'; readonly holder: string }
  /** The plan was made from another generation than the one in force. */
  | { readonly kind: 'stale'; readonly base: number; readonly inForce: number }
  /** A change waits to be confirmed or taken back; until then there is no other. */
  | { readonly kind: 'awaits-confirmation'; readonly title: string }
  /** No change waits to be confirmed: there was none, or it has been taken back. */
  | { readonly kind: 'nothing-waits' }
  | { readonly kind: 'plan-refused'; readonly problems: readonly PlanProblem[] }
  /** nft or the kernel refused the rules. `line` is the nft text at fault, `message` what nft said. */
  | {
      readonly kind: 'kernel-refused';
      readonly operation?: number;
      readonly rule?: number;
      readonly comment?: string;
      readonly line: string;
      readonly message: string;
    }
  /** nft reported success but the rules that stand are not those of the plan. */
  | { readonly kind: 'not-in-force'; readonly expected: string; readonly found: string }
  /** Packets in bridges cannot be shown to the inet family on this kernel. */
  | { readonly kind: 'no-bridge-netfilter'; readonly message: string }
  /** The tables hold rules that this state folder knows nothing of. */
  | { readonly kind: 'foreign-generation'; readonly found: string }
  /** A device of this name is there, and not of Guestward's making. */
  | { readonly kind: 'device-taken'; readonly network: string; readonly device: string }
  /** A device of the host's has this address. */
  | { readonly kind: 'address-taken'; readonly network: string; readonly address: string; readonly device: string }
  /** A NIC that is to go to another network is not where the plan says, or is none that may be moved; `message` goes on after its name. */
  | { readonly kind: 'nic-elsewhere'; readonly device: string; readonly message: string }
  /** A network could not be brought about; `message` is the tool's or the kernel's own words. network '': not that of one alone. */
  | { readonly kind: 'network-failed'; readonly network: string; readonly step: string; readonly message: string }
  /** Somebody but root could change the file or folder. */
  | { readonly kind: 'state-unsafe'; readonly path: string; readonly message: string }
  /** A file of the state folder cannot be understood. */
  | { readonly kind: 'state-damaged'; readonly path: string; readonly message: string }
  /** The state folder cannot be read or written. */
  | { readonly kind: 'state-unusable'; readonly path: string; readonly code: string; readonly message: string }
  | { readonly kind: 'tool-missing'; readonly program: string }
  | { readonly kind: 'tool-untrusted'; readonly program: string; readonly message: string }
  | { readonly kind: 'tool-failed'; readonly program: string; readonly message: string }
  /** dnsmasq does not serve the network; `message` is its own words, `holder` whoever has the port that it wanted. */
  | { readonly kind: 'dnsmasq-failed'; readonly network: string; readonly message: string; readonly holder?: string }
  /** The network brings options of dnsmasq's own, and root has not made the file that allows them. */
  | { readonly kind: 'options-not-allowed'; readonly network: string; readonly path: string }
  | { readonly kind: 'timed-out'; readonly program: string; readonly seconds: number }
  /** The kernel tells of drops to so many readers at once, and there are as many already. */
  | { readonly kind: 'drop-log-taken' }
  /** The program does not run as root, and this user namespace has nobody else. */
  | { readonly kind: 'one-user'; readonly program: string }
  /** A bug in the helper. */
  | { readonly kind: 'internal'; readonly message: string };

/** How the helper was started: by root itself, or by a user through sudo or pkexec, for everything or for reading alone. */
export const callers = ['root', 'sudo', 'pkexec', 'sudo-read', 'pkexec-read'] as const;
export type Caller = (typeof callers)[number];

/** The sentence for a person. */
export function describeHelperFailure(failure: HelperFailure): string {
  switch (failure.kind) {
    case 'bad-request':
      return `The request is not one of the helper's protocol${failure.path === '' ? '' : ` (${failure.path})`}: ${failure.message}`;
    case 'not-allowed':
      return `${failure.method} is not allowed to a helper started by ${failure.caller}`;
    case 'busy':
      return `Another helper is at work: ${failure.holder}`;
    case 'stale':
      return `The rules have changed meanwhile: the plan starts from generation ${failure.base}, generation ${failure.inForce} is in force`;
    case 'awaits-confirmation':
      return `A change waits to be confirmed: ${failure.title}`;
    case 'nothing-waits':
      return 'No change waits to be confirmed: there was none, or it has been taken back already';
    case 'plan-refused':
      return `The plan is wrong: ${failure.problems.map(describeProblem).join('; ')}`;
    case 'kernel-refused':
      return `The kernel refused the rules${failure.comment === undefined ? '' : ` at ${failure.comment}`}: ${failure.message}`;
    case 'not-in-force':
      return `The rules were loaded but are not in force: "${failure.found}" stands in place of "${failure.expected}"`;
    case 'no-bridge-netfilter':
      return `Packets in bridges cannot be shown to the firewall: ${failure.message}`;
    case 'foreign-generation':
      return `The table guestward holds rules that are not of this state folder ("${failure.found}")`;
    case 'device-taken':
      return `The network ${failure.network} needs the device ${failure.device}, but there is one already that is not Guestward's`;
    case 'address-taken':
      return `The network ${failure.network} needs the address ${failure.address}, but ${failure.device} has it`;
    case 'nic-elsewhere':
      return `${failure.device} cannot be moved: it ${failure.message}`;
    case 'network-failed':
      return `${failure.network === '' ? 'The networks' : `The network ${failure.network}`} could not be brought about (${failure.step}): ${failure.message}`;
    case 'state-unsafe':
    case 'state-damaged':
      return `${failure.path}: ${failure.message}`;
    case 'state-unusable':
      return `${failure.path}: ${failure.message} (${failure.code})`;
    case 'tool-missing':
      return `${failure.program} is not installed`;
    case 'tool-untrusted':
      return `${failure.program} is not to be trusted: ${failure.message}`;
    case 'tool-failed':
      return `${failure.program} failed: ${failure.message}`;
    case 'dnsmasq-failed':
      return `dnsmasq does not serve the network ${failure.network}: ${failure.message}${failure.holder === undefined ? '' : ` (by ${failure.holder})`}`;
    case 'options-not-allowed':
      return `The network ${failure.network} brings options of dnsmasq's own, which are not allowed on this machine`;
    case 'timed-out':
      return `${failure.program} did not end within ${failure.seconds} seconds`;
    case 'drop-log-taken':
      return 'The drop log is read by as many as can read it at once';
    case 'one-user':
      return `${failure.program} does not run as root, and this user namespace has no other user`;
    case 'internal':
      return `The helper has a defect: ${failure.message}`;
  }
}

function describeProblem({ operation, rule, comment, message }: PlanProblem): string {
  const place = [
    operation === undefined ? '' : `operation ${operation}`,
    rule === undefined ? '' : `rule ${rule}`,
    comment === undefined ? '' : `(${comment})`,
  ].filter((part) => part !== '');
  return place.length === 0 ? message : `${place.join(' ')}: ${message}`;
}

/** What would help. */
export function helperFailureCure(failure: HelperFailure): string {
  switch (failure.kind) {
    case 'bad-request':
    case 'internal':
    case 'plan-refused':
      return 'Report this as a bug, with the message above; what was in force still is.';
    case 'not-allowed':
      return 'Allow the change when asked, or run the command as root.';
    case 'busy':
      return 'Wait until it has finished and try again.';
    case 'stale':
      return 'Try again.';
    case 'awaits-confirmation':
      return 'Keep it with guestward confirm, or wait until it is taken back.';
    case 'nothing-waits':
      return 'See what has become of it: guestward undo --list.';
    case 'kernel-refused':
      return 'Change the rule that is named, or the kernel; what was in force still is.';
    case 'not-in-force':
      return 'Look for another program that changes the table guestward, and try again.';
    case 'no-bridge-netfilter':
      return 'Install the kernel module br_netfilter (often in a package of extra modules) and try again.';
    case 'foreign-generation':
      return 'If nothing else uses them, delete them: nft delete table bridge guestward; nft delete table inet guestward.';
    case 'device-taken':
      return 'Give the network another bridge, or take that device away.';
    case 'address-taken':
      return 'Give the network another subnet.';
    case 'nic-elsewhere':
      return 'See where it is plugged in now (guestward status), and move it from there.';
    case 'network-failed':
      return 'See whether the kernel has what the network needs; what was in force still is.';
    case 'state-unsafe':
      return 'Give it to root alone: chown root and chmod go-w on it.';
    case 'state-damaged':
      return 'Restore it from a backup, or move it away to start anew.';
    case 'state-unusable':
      return 'See to space and permissions there and try again.';
    case 'tool-missing':
      return failure.program === 'tcpdump'
        ? 'Install it: apt install tcpdump. What rules drop is counted without it: guestward status.'
        : 'Install it: apt install nftables iproute2 util-linux kmod dnsmasq-base.';
    case 'one-user':
      return 'Map more users into the namespace (unshare --map-auto), or do it outside of it; guestward status has the counts.';
    case 'drop-log-taken':
      return 'End another guestward log, or close another window that shows drops.';
    case 'tool-untrusted':
      return "Install it again from the distribution's package.";
    case 'dnsmasq-failed':
      return failure.holder === undefined
        ? 'Change what it complains of and start the network again.'
        : `Stop ${failure.holder}, or have it listen on addresses of its own only, and start the network again.`;
    case 'options-not-allowed':
      return `Take them out, or have root make the file ${failure.path}.`;
    case 'tool-failed':
    case 'timed-out':
      return 'Try again; if it stays so, report it with the message above.';
  }
}
