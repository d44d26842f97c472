import type { EngineFailure } from '../failure.ts';
import { describeNetworkFailure, isNetworkFailure } from './describe-network-failure.ts';
import { joinWords } from './join-words.ts';

/** Cause and cure in words; findings about a text are printed where they stand, and come without either. */
export interface FailureWords {
  readonly cause: string | undefined;
  readonly cure: string | undefined;
}

const words = (cause: string, cure: string): FailureWords => ({ cause, cure: cure === '' ? undefined : cure });

/** What a failure says to a person. Where virsh has a sentence for it, the cause is virsh's. */
export function describeEngineFailure(failure: EngineFailure): FailureWords {
  if (isNetworkFailure(failure)) return words(...describeNetworkFailure(failure));
  switch (failure.kind) {
    case 'diagnostics':
      return {
        cause:
          failure.devices.length === 0
            ? undefined
            : `${joinWords(failure.devices)} cannot be filtered so; nothing was changed`,
        cure: undefined,
      };
    case 'filter-not-found':
      return words(
        `Network filter not found: no nwfilter with matching name '${failure.name}'`,
        'guestward nwfilter-list shows the filters that there are',
      );
    case 'binding-not-found':
      return words(
        `Network filter binding not found: no nwfilter binding for port dev '${failure.device}'`,
        'guestward nwfilter-binding-list shows the bindings that there are',
      );
    case 'binding-exists':
      return words(
        `operation failed: binding '${failure.device}' already exists`,
        `it is bound to ${failure.filter}; delete that binding first, or use attach with --replace`,
      );
    case 'uuid-mismatch':
      return words(
        `operation failed: filter '${failure.name}' already exists with uuid ${failure.stored}`,
        `the file says ${failure.given}; write the stored uuid, or none, to redefine the filter`,
      );
    case 'uuid-taken':
      return words(
        `operation failed: filter with same UUID but different name ('${failure.by}') already exists`,
        'leave the <uuid> out, and the filter gets one of its own',
      );
    case 'filter-in-use': {
      const users = [...failure.devices, ...failure.filters.map((filter) => `filter ${filter}`)];
      return words(
        'Requested operation is not valid: nwfilter is in use',
        `${failure.name} is used by ${joinWords(users)}; detach or change ${users.length === 1 ? 'it' : 'them'} first`,
      );
    }
    case 'stock-filter':
      return words(
        `Requested operation is not valid: ${failure.name} is a stock filter`,
        'it comes with Guestward and stays; undefining takes away only what redefined it',
      );
    case 'mac-unknown':
      return words(
        `the MAC address of the guest behind ${failure.device} could not be found out, and the filter needs it`,
        'give it with --mac, or as <mac address=.../> in the binding',
      );
    case 'backend-unavailable':
      return words(
        `the backend ${failure.wanted} cannot be used: ${failure.reason}`,
        'GUESTWARD_BACKEND=auto takes the one that works here',
      );
    case 'activity-not-found':
      return words(
        `there is no change ${failure.id} in the journal`,
        'guestward undo --list shows those that there are',
      );
    case 'activity-undone':
      return words(`change ${failure.id} has been undone already`, 'undo that undoing to have it again');
    case 'undo-impossible':
      return words(`change ${failure.id} cannot be undone: ${failure.because}`, 'change it back by hand');
    case 'undo-conflict':
      return words(
        `change ${failure.id} cannot be undone by itself: since then ${joinWords(failure.definitions)} changed`,
        'undo the later changes first: guestward undo --list shows them',
      );
    case 'no-drop-log':
      return words(
        `${failure.what} does not tell which packets rules drop`,
        'guestward status shows how many each rule has dropped; the log takes nftables and the kernel module nfnetlink_log',
      );
    case 'helper':
    case 'refused':
      return words(failure.message, failure.cure);
  }
}
