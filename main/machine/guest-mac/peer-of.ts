/** A network device as /sys/class/net shows it. */
export interface LinkView {
  readonly name: string;
  readonly address: string;
  readonly index: number;
  /** The index of the device at its other end, which may belong to another namespace. */
  readonly peerIndex: number;
}

/** The other end of a veth pair, if it is in the same namespace: each names the other one. */
export function peerOf(device: string, links: readonly LinkView[]): LinkView | undefined {
  const own = links.find(({ name }) => name === device);
  if (own === undefined || own.peerIndex === own.index) return undefined;
  return links.find(({ index, peerIndex }) => index === own.peerIndex && peerIndex === own.index);
}
