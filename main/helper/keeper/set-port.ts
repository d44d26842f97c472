import { runTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';

/** Changes a port of somebody else's; false where it could not be, as of one that has gone. The name of a device is anybody's choice: it is an argument of its own. */
export async function setPort(device: string, ...what: readonly string[]): Promise<boolean> {
  const ip = findTool('ip');
  return ip.ok && (await runTool(ip.value, ['link', 'set', 'dev', device, ...what])).status === 0;
}
