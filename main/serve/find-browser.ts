/** A program that opens a page. */
export interface Browser {
  readonly path: string;
  /** Whether it can open the page in a window of its own, without tabs and address bar (Chromium's `--app`). */
  readonly isChromium: boolean;
}

const chromiums = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium-browser',
  '/usr/bin/brave-browser',
  '/usr/bin/microsoft-edge',
  '/usr/bin/vivaldi',
] as const;
/** The one that the desktop has been told to use (xdg-open(1)). */
const anyBrowser = '/usr/bin/xdg-open';

/** The first that is there; PATH is never looked at. */
export function findBrowser(exists: (path: string) => boolean): Browser | undefined {
  const chromium = chromiums.find(exists);
  if (chromium !== undefined) return { path: chromium, isChromium: true };
  return exists(anyBrowser) ? { path: anyBrowser, isChromium: false } : undefined;
}

export function browserArguments({ isChromium }: Browser, fileUrl: string): readonly string[] {
  return isChromium ? [`--app=${fileUrl}`] : [fileUrl];
}
