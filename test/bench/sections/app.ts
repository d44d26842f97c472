import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { ip, type OpenedApp, openApp } from '../../browser/rig/open-app.ts';
import { median } from '../median.ts';
import type { Section } from '../section.ts';

const starts = 5;
const nics = 1000;
const keys = 20;
const renderer = fileURLToPath(new URL('../../../build/dist/renderer', import.meta.url));

/** What the page loads before it shows anything: its own references, compressed as serve sends them. */
function firstScreenBytes(): number {
  const html = readFileSync(join(renderer, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '');
  const home = readdirSync(join(renderer, 'assets')).filter((name) => /^map-screen-.*\.(?:js|css)$/.test(name));
  const all = ['index.html', ...files, ...home.map((name) => `assets/${name}`)];
  return [...new Set(all)].reduce((sum, path) => sum + gzipSync(readFileSync(join(renderer, path))).length, 0);
}

/** Milliseconds from the start of the navigation to the first screen's heading. */
async function timeToScreen(opened: OpenedApp): Promise<number> {
  const page = await opened.newPage();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const paint = await page.evaluate('performance.now()');
  await page.context().close();
  return Number(paint);
}

/** Milliseconds until the window has shown a letter, with everything that moves meanwhile. */
async function timeToAnswer(page: Page): Promise<number> {
  await page.keyboard.press('Control+k');
  const search = page.getByRole('textbox').last();
  await search.waitFor();
  const times: number[] = [];
  for (let at = 0; at < keys; at += 1) {
    const started = performance.now();
    await search.press('a');
    await page.evaluate('new Promise((shown) => requestAnimationFrame(() => shown()))');
    times.push(performance.now() - started);
  }
  return median(times);
}

export const appSection: Section = {
  name: 'app',
  title: 'The app in a browser',
  async run() {
    const opened = await openApp();
    try {
      const first: number[] = [];
      for (let at = 0; at < starts; at += 1) first.push(await timeToScreen(opened));
      await opened.change({
        action: 'define-network',
        start: true,
        text: "<network><name>many</name><bridge name='br-many'/><ip address='10.61.0.1' prefix='20'/></network>",
      });
      for (let at = 0; at < nics; at += 1) {
        ip(`tuntap add dev many${at} mode tap`);
        ip(`link set dev many${at} master br-many up`);
      }
      const page = await opened.newPage();
      await page.getByRole('heading', { level: 1 }).waitFor();
      const answer = await timeToAnswer(page);
      for (let at = 0; at < nics; at += 1) ip(`link delete dev many${at}`);
      return [
        {
          what: `from the link to the first screen, ${starts} times`,
          unit: 'ms',
          value: median(first),
          bound: { kind: 'at-most', value: 1000 },
        },
        {
          what: 'the first screen, compressed',
          unit: 'kB',
          value: firstScreenBytes() / 1000,
          bound: { kind: 'at-most', value: 450 },
        },
        {
          what: `from a key to what it shows, with ${nics} NICs`,
          unit: 'ms',
          value: answer,
          bound: { kind: 'at-most', value: 100 },
        },
      ];
    } finally {
      await opened.close();
    }
  },
};
