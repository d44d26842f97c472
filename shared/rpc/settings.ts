import * as z from 'zod';
import { method } from './method.ts';

export const settingsMethods = {
  /** Every network, binding and filter of the user's own as libvirt XML, a file each; paths are relative: `networks/home.xml`. */
  'settings.export': method(
    'read',
    z.strictObject({}),
    z.strictObject({ files: z.array(z.strictObject({ path: z.string(), text: z.string() })) }),
  ),
} as const;
