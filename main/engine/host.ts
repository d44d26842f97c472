// What the front doors may ask of the host: they see the machine through the engine only.
export { type DevicePlace, devicePlaces } from '../machine/device-places.ts';
export { type FoundMac, findGuestMac } from '../machine/find-guest-mac.ts';
export { type FoundGuest, findGuests } from '../machine/find-guests.ts';
export { type GuestLink, guestLinks } from '../machine/guest-links.ts';
export { hostNetworks } from '../machine/host-networks.ts';
export { type Neighbour, neighbours } from '../machine/neighbours.ts';
export { readTraffic } from '../machine/read-traffic.ts';
export { userName } from '../machine/user-name.ts';
export { watchHealings } from '../machine/watch-healings.ts';
export { watchLinks } from '../machine/watch-links.ts';
