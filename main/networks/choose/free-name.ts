/** A name for a network that was given none: `default` for the first nat network, as libvirt's is called, else the kind's, with a number where it is taken. */
export function freeName(kind: string, isTaken: (name: string) => boolean): string {
  if (kind === 'nat' && !isTaken('default')) return 'default';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? kind : `${kind}${number}`;
    if (!isTaken(name)) return name;
  }
}
