import * as z from 'zod';
import { type FieldName, fields } from './field-table.ts';

/**
 * Bits of a frame that nft has no name for: `@nh,offset,length` (man nft, RAW PAYLOAD EXPRESSION). ll, nh and th are the
 * link, network and transport header; offset and length count bits.
 */
export const rawFieldSchema = z.strictObject({
  raw: z.enum(['ll', 'nh', 'th']),
  offset: z.int().min(0).max(2040),
  length: z.int().min(1).max(128),
});
export type RawField = z.infer<typeof rawFieldSchema>;

export const fieldSchema = z.union([z.enum(Object.keys(fields) as [FieldName, ...FieldName[]]), rawFieldSchema]);
export type Field = FieldName | RawField;
