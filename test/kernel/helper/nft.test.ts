import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNft } from '../../../main/helper/nft.ts';

let folder: string;
let lock: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestward-nft-'));
  lock = openSync(join(folder, 'lock'), 'w');
});

afterEach(() => {
  closeSync(lock);
  rmSync(folder, { recursive: true });
});

const tables = () => execFileSync('/usr/sbin/nft', ['list', 'tables'], { encoding: 'utf8' });

const good = 'add table inet tried\nadd chain inet tried c { type filter hook input priority 0; }\n';
const transactions = [
  ['what the kernel takes', good, { ok: true }],
  [
    'what it does not',
    `${good}add rule inet tried c jump nowhere\n`,
    { ok: false, failure: { kind: 'refused', stderr: expect.stringContaining('/fd/3:3:') } },
  ],
] as const;

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

describe('a transaction that builds on nothing', () => {
  const forbidding = '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2\nexit 1\n';

  it.each(transactions)('is tried in a namespace of its own: %s', async (_, text, outcome) => {
    const nft = openNft('/usr/sbin/nft', '/usr/bin/unshare', openSync(join(folder, 'scratch'), 'w+'), lock);
    expect(await nft.tryAlone(text)).toMatchObject(outcome);
    await nft.close();
    expect(tables()).not.toContain('tried');
  });

  it.each(transactions)(
    'is tried in place where namespaces are forbidden (double of unshare): %s',
    async (_, text, outcome) => {
      const nft = openNft(
        '/usr/sbin/nft',
        fileOf('unshare', forbidding),
        openSync(join(folder, 'scratch'), 'w+'),
        lock,
      );
      expect(await nft.tryAlone(text)).toMatchObject(outcome);
      await nft.close();
      expect(tables()).not.toContain('tried');
    },
  );

  it.each(transactions)('is tried in place where unshare is not installed: %s', async (_, text, outcome) => {
    const nft = openNft('/usr/sbin/nft', undefined, openSync(join(folder, 'scratch'), 'w+'), lock);
    expect(await nft.tryAlone(text)).toMatchObject(outcome);
    await nft.close();
    expect(tables()).not.toContain('tried');
  });
});
