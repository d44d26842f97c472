import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import type { NetworkDocument } from '../../../../shared/network/network-document.ts';

function parse(): NetworkDocument {
  const parsed = parseNetwork(
    `<network><name>blue</name><forward mode='nat'/><bridge name='gwbr0'/><ip address='10.7.0.1' prefix='24'/></network>`,
    'blue.xml',
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value;
}

/** The network that the tests of the doctor are about. */
export const networkDocument = parse();
