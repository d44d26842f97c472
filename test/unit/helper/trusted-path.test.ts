import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { distrust, trustedOwners } from '../../../main/helper/trusted-path.ts';

// Whoever runs the test stands for root, and the host's root for itself.
const self = process.getuid?.() ?? 0;
const owners = new Set([0, 65_534, self]);

describe('a path', () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'guestward-')));
    mkdirSync(join(folder, 'inner'), { mode: 0o755 });
    writeFileSync(join(folder, 'inner', 'file'), '', { mode: 0o644 });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is trusted where only root can write, with a sticky folder on the way', () => {
    expect(distrust(join(folder, 'inner', 'file'), 'refuse', owners)).toBeUndefined();
  });

  it.each([
    ['the file', 'inner/file', 0o664],
    ['the file, by all', 'inner/file', 0o646],
    ['its folder', 'inner', 0o775],
    ['a folder above', '.', 0o777],
  ])('is not trusted where others can write to %s', (_, place, mode) => {
    chmodSync(join(folder, place), mode);
    expect(distrust(join(folder, 'inner', 'file'), 'refuse', owners)).toContain('written to by others');
  });

  it('is not trusted where it belongs to somebody else', () => {
    const others = new Set([self + 1]);
    expect(distrust(join(folder, 'inner'), 'refuse', others)).toContain('belongs to uid');
  });

  it('is not trusted beyond a link, or only if links may be followed', () => {
    symlinkSync(join(folder, 'inner'), join(folder, 'link'));
    expect(distrust(join(folder, 'link', 'file'), 'refuse', owners)).toContain('is a symbolic link');
    expect(distrust(join(folder, 'link', 'file'), 'follow', owners)).toBeUndefined();
    chmodSync(join(folder, 'inner'), 0o777);
    expect(distrust(join(folder, 'link', 'file'), 'follow', owners)).toContain('written to by others');
  });

  it('is not trusted where links lead in a circle', () => {
    symlinkSync(join(folder, 'b'), join(folder, 'a'));
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    expect(distrust(join(folder, 'a'), 'follow', owners)).toContain('is a symbolic link');
  });

  it('is not trusted beyond a file', () => {
    expect(distrust(join(folder, 'inner', 'file', 'more'), 'refuse', owners)).toContain('is not a folder');
  });
});

describe("root's files", () => {
  it('belong to root alone, but in a user namespace to the unmapped as well', () => {
    expect(trustedOwners('         0          0 4294967295\n')).toEqual(new Set([0]));
    expect(trustedOwners('         0       1000          1\n')).toEqual(new Set([0, 65_534]));
  });
});
