import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { ip, type OpenedApp, openApp } from '../../browser/rig/open-app.ts';
import { openTap } from '../../kernel/rig/tap.ts';
import { heapObjects } from '../heap-objects.ts';
import { median } from '../median.ts';
import type { Section } from '../section.ts';

const starts = 5;
const nics = 1000;
const networks = 50;
const keys = 20;
/** How long drops are offered; ten minutes is what is promised, and GUESTWARD_BENCH_MINUTES=10 asks for them. */
const minutes = Number(process.env['GUESTWARD_BENCH_MINUTES'] ?? 1);
const dropsPerSecond = 10_000;
const renderer = fileURLToPath(new URL('../../../build/dist/renderer', import.meta.url));

/** What the page loads before it shows anything: its own references, compressed as serve sends them. */
function firstScreenBytes(): number {
  const html = readFileSync(join(renderer, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '');
  const home = readdirSync(join(renderer, 'assets')).filter((name) =>
    /^(?:map-screen|map-canvas)-.*\.(?:js|css)$/.test(name),
  );
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

interface UnderDrops {
  readonly answerMs: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
}

/** A guest sends what its filter drops, so many frames a second, while somebody looks at the drops as they happen. */
async function underDrops(opened: OpenedApp): Promise<UnderDrops> {
  const tap = openTap('flood');
  ip('link set dev flood master br-many up');
  const mac = '52:54:00:00:00:01';
  await opened.change({ action: 'attach', device: 'flood', filter: 'no-mac-spoofing', mac, parameters: {} });
  const spoofed = Buffer.from(`ffffffffffff5254000000990800${'00'.repeat(46)}`, 'hex');
  const begun = performance.now();
  let sent = 0;
  const flood = setInterval(() => {
    const due = ((performance.now() - begun) / 1000) * dropsPerSecond;
    for (; sent < due; sent += 1) tap.write(spoofed);
  }, 5);
  const page = await opened.newPage();
  try {
    await page.evaluate("location.hash = '#/activity/drops'");
    await page.getByText('no-mac-spoofing').first().waitFor();
    // What is loaded when it is first needed is there by now.
    await setTimeout(10_000);
    const heapBefore = await heapObjects(page);
    const times: number[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      await setTimeout(60_000);
      times.push(await timeToAnswer(page));
      await page.keyboard.press('Escape');
    }
    return { answerMs: median(times), heapBefore, heapAfter: await heapObjects(page) };
  } finally {
    clearInterval(flood);
    await page.context().close();
    await opened.change({ action: 'detach', device: 'flood' });
    tap.close();
  }
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
      await opened.change(
        ...Array.from({ length: networks - 1 }, (_, at) => ({
          action: 'define-network' as const,
          start: true,
          text: `<network><name>n${at}</name><bridge name='br-n${at}'/><ip address='10.62.${at}.1' prefix='24'/></network>`,
        })),
      );
      for (let at = 0; at < nics; at += 1) {
        ip(`tuntap add dev many${at} mode tap`);
        ip(`link set dev many${at} master br-many up`);
      }
      const page = await opened.newPage();
      await page.getByRole('heading', { level: 1 }).waitFor();
      const answer = await timeToAnswer(page);
      await page.context().close();
      const flood = await underDrops(opened);
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
          what: `from a key to what it shows, with ${nics} NICs and ${networks} networks`,
          unit: 'ms',
          value: answer,
          bound: { kind: 'at-most', value: 100 },
        },
        {
          what: `the same while ${dropsPerSecond} drops a second are offered, for ${minutes} min`,
          unit: 'ms',
          value: flood.answerMs,
          bound: { kind: 'at-most', value: 100 },
        },
        {
          what: "the page's objects after that, beside before",
          unit: 'kB',
          value: flood.heapAfter / 1000,
          beside: { name: 'before', value: flood.heapBefore / 1000 },
          bound: { kind: 'times-beside', factor: 1.1 },
        },
      ];
    } finally {
      await opened.close();
    }
  },
};
