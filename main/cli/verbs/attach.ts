import { formatMac } from '../../../shared/net/mac.ts';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import { applyTo } from '../apply-changes.ts';
import { type CliFailure, usage } from '../cli-failure.ts';
import { parseMacOption } from '../parse-mac-option.ts';
import { parseParameters } from '../parse-parameters.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

/** Whether a filter was refused because it speaks of the NIC's MAC address. */
const needsMac = (failure: CliFailure): boolean =>
  failure.kind === 'diagnostics' &&
  failure.diagnostics.some(({ code, found }) => code === 'undefined-variable' && /^\$MAC\b/.test(found ?? ''));

export const attach: Verb = {
  name: 'attach',
  summary: 'put a filter in front of a NIC',
  description:
    "Bind the network device DEV, the host's end of a guest's NIC, to a filter. The device may come later: its rules wait for it. Without --mac the guest's MAC address is looked for in the running QEMU, cloud-hypervisor and libvirt guests, then at the device's peer and in its bridge.",
  argument: { name: 'dev', description: 'network device on the host, such as vnet0' },
  options: [
    { name: 'filter', value: 'FILTER', description: 'network filter name' },
    { name: 'mac', value: 'MAC', description: "the guest's MAC address" },
    { name: 'param', value: 'NAME=VALUE', many: true, description: 'value of a variable, such as IP=10.0.0.2' },
    { name: 'replace', description: 'take the place of the binding that DEV has' },
  ],
  changes: true,
  async run(call) {
    const [device = ''] = call.values;
    const filter = call.text('filter');
    if (filter === undefined) return usage("command 'attach' requires --filter", 'for example: --filter clean-traffic');
    if (!isDeviceName(device)) {
      return usage(
        `'${device}' is not the name of a network device`,
        'up to 15 letters, digits and _ . -, the first a letter or a digit',
      );
    }
    const given = parseMacOption(call, 'mac');
    if (!given.ok) return given;
    const parameters = parseParameters(call.texts('param'));
    if (!parameters.ok) return parameters;
    const isGiven = given.value !== undefined || 'MAC' in parameters.value;
    const found = isGiven ? undefined : (await import('../../engine/host.ts')).findGuestMac(device);
    const mac = given.value ?? found?.mac;
    const span = { file: 'command line', line: 1, column: 1, length: 0 };
    const binding = { device, mac, filter, parameters: parameters.value, span };
    const report = await withEngine(
      call,
      (engine) =>
        applyTo(engine, call, [{ change: 'bind', binding, replace: call.has('replace') }], {
          headline: `Failed to attach ${filter} to ${device}`,
          done() {
            const text = mac === undefined ? undefined : formatMac(mac);
            const whence = found === undefined ? '' : `, from ${found.source}`;
            return {
              text: `${device} is filtered by ${filter}${text === undefined ? '' : ` (MAC ${text}${whence})`}\n`,
              json: { attached: { device, filter, mac: text, macFrom: found?.source, parameters: parameters.value } },
            };
          },
        }),
      [filter],
    );
    return mac === undefined && !report.ok && needsMac(report.failure)
      ? { ...report, failure: { kind: 'mac-unknown', device } }
      : report;
  },
};
