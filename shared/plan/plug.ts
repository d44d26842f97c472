import * as z from 'zod';
import { lateSchema } from './late-schema.ts';
import { deviceNameSchema } from './ruleset.ts';

/** A guest's NIC that is not of Guestward's making goes from one bridge to another; absent: from none, or to none. */
export const plugSchema = lateSchema(() =>
  z.strictObject({
    device: deviceNameSchema,
    from: deviceNameSchema.optional(),
    to: deviceNameSchema.optional(),
  }),
);
export type Plug = z.infer<typeof plugSchema>;

const turned = ({ device, from, to }: Plug): Plug => ({
  device,
  ...(to !== undefined && { from: to }),
  ...(from !== undefined && { to: from }),
});

/** What leads back. */
export const turnedPlugs = (plugs: readonly Plug[]): Plug[] => plugs.map(turned).toReversed();
