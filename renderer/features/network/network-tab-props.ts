import type { NetworkSummary } from '../../../shared/rpc/machine.ts';
import type { NetworkDetails } from '../../../shared/rpc/network.ts';

/** What every tab is given. */
export interface NetworkTabProps {
  readonly summary: NetworkSummary;
  readonly details: NetworkDetails;
}
