import type { Operation } from '../../shared/plan/plan.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import type { Backend } from '../compiler/backends/backend.ts';
import { nftablesBackend } from '../compiler/backends/nftables/nftables-backend.ts';
import type { Outcome } from './failure.ts';

export interface ChosenBackend {
  readonly backend: Backend<Ruleset, Operation>;
  /** Why this one, for `status`. */
  readonly reason: string;
}

/** The backend that GUESTWARD_BACKEND asks for: `nftables`, or `auto`, which is nftables wherever nft works. */
export function chooseBackend(wanted: string | undefined): Outcome<ChosenBackend> {
  switch (wanted) {
    case undefined:
    case '':
    case 'auto':
      return { ok: true, value: { backend: nftablesBackend, reason: 'nft works here' } };
    case 'nftables':
      return { ok: true, value: { backend: nftablesBackend, reason: 'GUESTWARD_BACKEND asks for it' } };
    case 'iptables':
      return {
        ok: false,
        failure: { kind: 'backend-unavailable', wanted, reason: 'this version carries filters out in nftables only' },
      };
    default:
      return {
        ok: false,
        failure: { kind: 'backend-unavailable', wanted, reason: 'GUESTWARD_BACKEND takes nftables and auto' },
      };
  }
}
