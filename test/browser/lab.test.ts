import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePrivateNetwork } from '../kernel/rig/network-namespace.ts';
import { launchBrowser } from './rig/launch-browser.ts';
import { ip } from './rig/open-app.ts';

const guestward = fileURLToPath(new URL('../../build/dist/cli.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'lab-app-'));
chmodSync(scratch, 0o777);

let lab: ChildProcess;
let link: URL;
let output = '';

/** Waits until the lab has printed this. */
function printed(text: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = text.exec(output);
      if (found) resolve(found);
    };
    lab.stdout?.on('data', look);
    lab.on('exit', () => reject(new Error(`the lab ended early:\n${output}`)));
    look();
  });
}

/** The status of a request through the relay, with a Host of the asker's choice. */
function statusFor(host: string, path = '/'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: link.port, path, headers: { host }, setHost: false });
    asked.on('response', (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
    asked.end();
  });
}

beforeAll(async () => {
  requirePrivateNetwork();
  ip('link set dev lo up');
  const env = { PATH: '/usr/sbin:/usr/bin', TERM: 'dumb', TMPDIR: scratch };
  lab = spawn(process.execPath, [guestward, 'lab', '--app'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [lab.stdout, lab.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  link = new URL((await printed(/http:\S+/))[0]);
}, 90_000);

afterAll(() => {
  if (lab.exitCode === null) lab.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

describe('the app in the lab', () => {
  it('is refused through the relay to whoever is not its own page', async () => {
    expect(await statusFor(`127.0.0.1:${link.port}`)).toBe(200);
    expect(await statusFor(`evil.example:${link.port}`)).toBe(421);
    expect(await statusFor('127.0.0.1:1')).toBe(421);
    expect(await statusFor(`127.0.0.1:${link.port}`, '/no-such-file.js')).toBe(404);
  });

  it('shows the network of the lab and its guests, and says where one is', async () => {
    const browser = await launchBrowser();
    try {
      const page: Page = await browser.newPage();
      await page.goto(link.href);
      await page.evaluate("location.hash = '#/guests'");
      await page.getByText('g1').first().waitFor();
      await page.getByText('10.77.0.12').first().waitFor();
      await page.getByText('clean-traffic').first().waitFor();
      await page
        .getByText(/practice room|lab/i)
        .first()
        .waitFor();
    } finally {
      await browser.close();
    }
  }, 60_000);

  it('ends with Ctrl-C and leaves nothing', async () => {
    const ended = new Promise((resolve) => lab.on('exit', (status) => resolve(status)));
    process.kill(-(lab.pid ?? 0), 'SIGINT');
    expect(await ended).toBe(0);
    expect(readdirSync(scratch)).toEqual([]);
    await expect(statusFor(`127.0.0.1:${link.port}`)).rejects.toThrow('ECONNREFUSED');
    expect(existsSync('/run/guestward-lab')).toBe(false);
  });
});
