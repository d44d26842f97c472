import { expect, it } from 'vitest';
import { compileNetworks } from '../../../../main/networks/rules/compile-networks.ts';
import { chainPurpose } from '../../../../renderer/features/network/chain-purpose.ts';
import { forwardModes } from '../../../../shared/network/network-document.ts';
import { sampleForward, sampleNetwork, sampleSettings, sampleSpan } from '../../networks/rules/sample-network.ts';

const guest = { mac: 0x525400000009n };
const forward = {
  protocol: 'tcp',
  hostPorts: { low: 8080, high: 8080 },
  guestPorts: { low: 80, high: 80 },
  guest,
  expires: undefined,
  span: sampleSpan,
} as const;

it.each(forwardModes)('every chain of a network of mode %s has words for what it does', (mode) => {
  const network = sampleNetwork({
    forward: sampleForward({ mode }),
    settings: sampleSettings({ forwards: [forward] }),
    guestAddresses: [{ name: 'web', ...guest, address: '10.90.1.9' }],
  });
  const nameless = Object.keys(compileNetworks([network]).chains).filter((chain) => chainPurpose(chain) === undefined);
  expect(nameless).toEqual([]);
});
