import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits that nobody can guess, of characters that mean nothing in URLs, headers and cookies. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How many wrong secrets the server takes before it ends. */
export const maxBadTries = 10;
/** Links that were made and not followed; the oldest go first. */
const maxLinks = 8;
const maxSessions = 16;

/** What a page holds after it has swapped its link: the browser keeps one half, the page the other. */
export interface Session {
  readonly cookie: string;
  readonly pageToken: string;
}

/** Who may come in: links that open once, and sessions of two halves that are only good together. */
export interface Keys {
  /** A token for a link; it opens once. */
  newLink(): string;
  /** Where the one who holds a launch file is let in from, once, to be given a link. */
  newLaunch(): string;
  /** Swaps a link's token for a session. */
  redeemLink(token: string): Session | undefined;
  /** Swaps a launch file's secret for a link's token. */
  redeemLaunch(secret: string): string | undefined;
  /** Whether both halves belong to one session. An absent half is no try. */
  admits(cookie: string | undefined, pageToken: string | undefined): boolean;
}

/** `onTooManyTries` is called once, when the last bad try has been made. */
export function createKeys(onTooManyTries: () => void): Keys {
  const links: string[] = [];
  const launches: string[] = [];
  const sessions: Session[] = [];
  let badTries = 0;

  const isOpen = (): boolean => badTries < maxBadTries;
  const bad = (): undefined => {
    badTries += 1;
    if (badTries === maxBadTries) onTooManyTries();
  };
  const add = (list: string[]): string => {
    const secret = newSecret();
    list.push(secret);
    if (list.length > maxLinks) list.shift();
    return secret;
  };
  /** Takes the secret out of the list, or counts a bad try. */
  const take = (list: string[], secret: string): boolean => {
    // Every secret is compared, so that how long it takes says nothing of where one stands.
    const found = list.map((each) => isSame(each, secret)).indexOf(true);
    if (!isOpen() || found < 0) {
      bad();
      return false;
    }
    list.splice(found, 1);
    return true;
  };

  return {
    newLink: () => add(links),
    newLaunch: () => add(launches),
    redeemLink(token) {
      if (!take(links, token)) return undefined;
      const session = { cookie: newSecret(), pageToken: newSecret() };
      sessions.push(session);
      if (sessions.length > maxSessions) sessions.shift();
      return session;
    },
    redeemLaunch: (secret) => (take(launches, secret) ? add(links) : undefined),
    admits(cookie, pageToken) {
      if (!isOpen() || cookie === undefined || pageToken === undefined) return false;
      const fits = sessions.map((each) => [isSame(each.cookie, cookie), isSame(each.pageToken, pageToken)]);
      if (fits.some(([first, second]) => first && second)) return true;
      bad();
      return false;
    },
  };
}

/** Compares in a time that depends on neither: digests are of one length. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
