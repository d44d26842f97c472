import { create } from 'zustand';
import type { Action, Applied } from '../../shared/rpc/changes.ts';

/** A change that a person is looking at before it is made. */
export interface Proposal {
  readonly actions: readonly Action[];
  /** Told when it is in force. */
  readonly onApplied?: ((applied: Applied) => void) | undefined;
}

interface ChangeStore {
  readonly proposal: Proposal | undefined;
  propose(proposal: Proposal): void;
  dismiss(): void;
}

export const useChangeStore = create<ChangeStore>((set) => ({
  proposal: undefined,
  propose: (proposal) => set({ proposal }),
  dismiss: () => set({ proposal: undefined }),
}));
