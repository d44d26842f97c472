export const openedFiles = {
  kinds: {
    filter: 'A filter, in libvirt’s nwfilter XML. Look at it before it is taken in.',
    network: 'A network, in libvirt’s network XML. Look at it before it is taken in: it is defined, not started.',
  },
  go: 'See what this changes …',
  leave: 'Leave it',
  close: 'Close',
  text: 'The file’s text',
  name: (name: string) => `Opened: ${name}`,
} as const;
