// What the front doors may ask of the host: they see the machine through the engine only.
export { presentDevices } from '../machine/device-presence.ts';
export { type FoundMac, findGuestMac } from '../machine/find-guest-mac.ts';
