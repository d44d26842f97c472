import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's, and Ubuntu's name for it. Without these it asks Google's hosts for things at every start. */
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a real Chromium, in the private network of the tests. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browsers.find((path) => existsSync(path)) ?? '', args: quiet });
}
