const otherSwitch = 'it sets up ports of Open vSwitch or of an 802.1Qbg/Qbh switch, and Guestward makes Linux bridges';
const vlan = 'a Linux bridge hands guests no tagged traffic transparently; that takes Open vSwitch or SR-IOV';
const devicePool = 'it takes devices of the host for guests (SR-IOV, PCI), and Guestward makes Linux bridges';
const floor = 'a guaranteed rate needs classes that libvirt makes per guest, and only it starts guests that have them';

/** Parts of libvirt's network format that mean nothing on Guestward's bridges, as `parent/element` and `parent@attribute`, with the reason. */
export const unsupportedParts: Readonly<Record<string, string>> = {
  'network/virtualport': otherSwitch,
  'network/vlan': vlan,
  'portgroup/virtualport': otherSwitch,
  'portgroup/vlan': vlan,
  'forward/pf': devicePool,
  'forward/address': devicePool,
  'forward/driver': devicePool,
  'forward@managed': devicePool,
  'inbound@floor': floor,
  'outbound@floor': floor,
};

const macvtap = 'it is macvtap, which ties a guest to a device of the host past every bridge';

/** libvirt's forward modes that Guestward has none of. */
export const unsupportedModes: Readonly<Record<string, string>> = {
  private: macvtap,
  vepa: macvtap,
  passthrough: macvtap,
  hostdev: devicePool,
};
