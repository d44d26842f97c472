/** A TAP of Guestward's own making for a guest that somebody starts: `guestward port new`. */
export interface Port {
  readonly device: string;
  /** The network's name. */
  readonly network: string;
  /** The guest's name, by which its address and its port forwards find it. */
  readonly guest: string | undefined;
  /** 48 bits. */
  readonly mac: bigint;
  /** Who may open the TAP: a numeric user id. */
  readonly owner: number;
  readonly filter: string | undefined;
  /** Of the network's port groups. */
  readonly portGroup: string | undefined;
}
