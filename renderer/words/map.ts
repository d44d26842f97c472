export const map = {
  open: 'open',
  guest: 'Guest',
  address: 'Address',
  filter: 'Filter',
  noGuests: 'No guest is plugged in.',
  started: 'started',
  stopped: 'stopped',
  elsewhere: 'In no network of Guestward',
  empty: 'No guest is on this computer, and no network for one',
  emptyHint: 'One click gives your guests a network with addresses, names and a way out.',
  uplinks: { wireless: 'Wi-Fi', cable: 'cable', tunnel: 'VPN', bridge: 'bridge', other: 'link' },
} as const;
