import { formatMac } from '../../../shared/net/mac.ts';
import type { Port } from '../../../shared/network/port.ts';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import { freeDevice, randomMac } from '../../engine/actions/new-port.ts';
import type { Workspace } from '../../engine/workspace.ts';
import { type Result, refused, usage } from '../cli-failure.ts';
import { parseMacOption } from '../parse-mac-option.ts';
import type { Call } from '../verb.ts';
import { callingUser, findUser } from './find-user.ts';

/** A port as the call wishes it, the rest chosen. */
export async function newPort(call: Call, network: string, workspace: Workspace): Promise<Result<Port>> {
  const mac = parseMacOption(call, 'mac');
  if (!mac.ok) return mac;
  if (mac.value !== undefined) {
    const text = formatMac(mac.value);
    // The lowest bit of the first byte (IEEE 802): no sender is one of these.
    if ((mac.value >> 40n) & 1n)
      return usage(
        `${text} is the address of a group, which no guest has`,
        'make the first byte an even one, such as 52',
      );
    const other = [...workspace.ports.values()].find((port) => port.network === network && port.mac === mac.value);
    if (other !== undefined)
      return refused(
        `${text} is the MAC address of port ${other.device} of network ${network}`,
        'leave --mac out, and one is made',
      );
  }
  const user = call.text('user');
  const owner = user === undefined ? callingUser(call.terminal.environment) : findUser(user);
  if (owner === undefined)
    return usage(`'${user}' is not a user of this host`, 'give a name of /etc/passwd, or a number');
  const guest = call.text('name');
  if (guest !== undefined && !/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(guest)) {
    return usage(`'${guest}' is not a name that a guest can have`, 'letters, digits and -, up to 63, as in DNS');
  }
  const { devicePlaces } = await import('../../engine/host.ts');
  const places = devicePlaces();
  const device = call.text('dev') ?? freeDevice(workspace, (name) => places.has(name));
  if (!isDeviceName(device)) {
    return usage(`'${device}' is not the name of a network device`, 'up to 15 letters, digits and _ . -');
  }
  const [filter, portGroup] = [call.text('filter'), call.text('portgroup')];
  return { ok: true, value: { device, network, guest, mac: mac.value ?? randomMac(), owner, filter, portGroup } };
}
