import type { Action, Applied } from '../../shared/rpc/changes.ts';
import { useChangeStore } from './change-store.ts';

/** The one way to change anything: shows what would happen and whom it interrupts, and does it when the person agrees. */
export function usePropose(): (actions: readonly Action[], onApplied?: (applied: Applied) => void) => void {
  const propose = useChangeStore((store) => store.propose);
  return (actions, onApplied) => propose({ actions, onApplied });
}
