import type { Reach } from '../../../shared/network/network-document.ts';
import { type Result, usage } from '../cli-failure.ts';
import { changeSettings } from '../networks/change-settings.ts';
import { findNetwork, textOf } from '../networks/find-network.ts';
import type { Call, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const places = ['internet', 'lan', 'guests', 'host'] as const;
const told: Readonly<Record<keyof Reach, string>> = {
  internet: 'the Internet',
  lan: "the host's LAN",
  guests: 'other guests of the network',
  host: 'the host (DNS and DHCP always)',
};

/** undefined: it was not given. */
function readSwitch(call: Call, name: string): Result<boolean | undefined> {
  const text = call.text(name);
  if (text === undefined || text === 'yes' || text === 'no') return { ok: true, value: text && text === 'yes' };
  return usage(`--${name} is yes or no, not '${text}'`);
}

function readReach(call: Call): Result<Partial<Reach>> {
  const given: { -readonly [K in keyof Reach]?: boolean } = {};
  for (const place of places) {
    const read = readSwitch(call, place);
    if (!read.ok) return read;
    if (read.value !== undefined) given[place] = read.value;
  }
  return { ok: true, value: given };
}

const line = (name: string, is: boolean, meaning: string): string =>
  `${`${name}:`.padEnd(10)}${(is ? 'yes' : 'no').padEnd(5)}${meaning}\n`;

const reflectText = (reflect: boolean): string =>
  line('reflect', reflect, 'multicast DNS and broadcasts, from the LAN and to it');

const reachText = (reach: Reach): string => places.map((place) => line(place, reach[place], told[place])).join('');

export const netReach: Verb = {
  name: 'net-reach',
  summary: "what a network's guests may reach",
  description:
    'Switch on and off what the guests of a network may reach, within what its kind allows; a started network changes at once. Without a switch, show them.',
  argument: { name: 'network', description: 'network name or uuid' },
  options: [
    ...places.map((place) => ({
      name: place,
      value: 'yes|no',
      description: `whether guests reach ${told[place]}`,
    })),
    {
      name: 'reflect',
      value: 'yes|no',
      description: 'of a lan network: whether multicast DNS and broadcasts go from the LAN to guests and back',
    },
  ],
  changes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      const given = readReach(call);
      if (!given.ok) return given;
      const found = findNetwork(engine.workspace, call.values[0] ?? '');
      if (!found.ok) return found;
      const asked = readSwitch(call, 'reflect');
      if (!asked.ok) return asked;
      const { name } = found.value;
      const { settings, forward } = textOf(found.value).document;
      if (asked.value === true && forward.mode !== 'lan')
        return usage(`--reflect is for a lan network, and ${name} is of kind ${forward.mode}`);
      const reach = { ...settings.reach, ...given.value };
      const reflect = asked.value ?? settings.reflect;
      const isLan = forward.mode === 'lan';
      const text = `${reachText(reach)}${isLan ? reflectText(reflect) : ''}`;
      const json = isLan ? { ...reach, reflect } : reach;
      if (Object.keys(given.value).length === 0 && asked.value === undefined) return { ok: true, text, json };
      return changeSettings(
        engine,
        call,
        found.value,
        (stored) => ({ ...stored, reach: { ...stored.reach, ...given.value }, reflect: asked.value ?? stored.reflect }),
        {
          headline: `Failed to change what guests of ${name} reach`,
          done: () => ({ text, json: { network: name, reach, ...(isLan && { reflect }) } }),
        },
      );
    }),
};
