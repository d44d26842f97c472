import { describe, expect, it } from 'vitest';
import config from '../../../build/electron-builder.json' with { type: 'json' };

describe("Electron's fuses (as data: its binary is not here to be flipped)", () => {
  it.each([
    ['runAsNode', false],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['onlyLoadAppFromAsar', true],
    ['grantFileProtocolExtraPrivileges', false],
    ['enableCookieEncryption', true],
  ] as const)('%s is %s', (fuse, state) => {
    expect(config.electronFuses[fuse]).toBe(state);
  });
});
