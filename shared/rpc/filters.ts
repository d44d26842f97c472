import * as z from 'zod';
import { diagnosticSchema } from './failure.ts';
import { method } from './method.ts';

const name = z.string().min(1).max(128);
const text = z.string().max(262_144);

export const filterSummarySchema = z.strictObject({
  name: z.string(),
  chain: z.string(),
  priority: z.int(),
  /** own: written here. stock: comes with the program. redefined: a stock filter that somebody has changed. */
  origin: z.enum(['own', 'stock', 'redefined']),
  /** What it does and for whom, from the comment at its head. */
  purpose: z.string().optional(),
  refersTo: z.array(z.string()),
  usedBy: z.strictObject({
    nics: z.array(z.string()),
    filters: z.array(z.string()),
    /** Networks that give it to every NIC. */
    networks: z.array(z.string()),
  }),
});
export type FilterSummary = z.infer<typeof filterSummarySchema>;

export const filterVariableSchema = z.strictObject({
  name: z.string(),
  /** What its values are, by the attributes that it stands in. */
  type: z.enum(['ipv4', 'ipv6', 'mac', 'number', 'mask', 'text']),
  /** Known of the NIC, or given by a reference: need not be given. */
  given: z.boolean(),
});
export type FilterVariable = z.infer<typeof filterVariableSchema>;

/** A rule as it stands in the kernel, and the line that it comes from. */
export const compiledRuleSchema = z.strictObject({
  family: z.enum(['bridge', 'inet']),
  chain: z.string(),
  text: z.string(),
  filter: z.string(),
  line: z.int(),
});
export type CompiledRule = z.infer<typeof compiledRuleSchema>;

const checkedSchema = z.strictObject({
  diagnostics: z.array(diagnosticSchema),
  /** Texts by file name, for places outside of the text itself. */
  sources: z.record(z.string(), z.string()),
  /** Empty where something is wrong. With stand-ins for what only a NIC can give. */
  rules: z.array(compiledRuleSchema),
  variables: z.array(filterVariableSchema),
  /** NICs whose rules change with this filter. */
  nics: z.array(z.string()),
});
export type CheckedFilter = z.infer<typeof checkedSchema>;

export const filterMethods = {
  'filters.list': method('see', z.strictObject({}), z.strictObject({ filters: z.array(filterSummarySchema) })),
  'filters.read': method(
    'see',
    z.strictObject({ name }),
    z.strictObject({
      summary: filterSummarySchema,
      text: z.string(),
      /** Of a redefined one: the text that comes with the program. */
      stockText: z.string().optional(),
      checked: checkedSchema,
    }),
  ),
  /** What a text would be as a filter. */
  'filters.check': method('see', z.strictObject({ text }), checkedSchema),
} as const;
