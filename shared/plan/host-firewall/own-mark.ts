const prefix = 'guestward:';

/**
 * The comment of every rule that a network has in a chain of the host's own. A name that some program's syntax could trip over, or that is longer
 * than a comment may be (nft takes 128 bytes), is written by the numbers of its letters, folded together.
 */
export function ownComment(network: string): string {
  return prefix + (/^[A-Za-z0-9_.-]{1,100}$/.test(network) ? network : foldName(network));
}

export function isOwnComment(comment: string | undefined): boolean {
  return comment?.startsWith(prefix) ?? false;
}

/** 128 bits by FNV-1a; `@` keeps them apart from names. */
function foldName(name: string): string {
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const byte of new TextEncoder().encode(name)) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * 0x0000000001000000000000000000013bn);
  }
  return `@${hash.toString(16).padStart(32, '0')}`;
}
