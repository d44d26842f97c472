import * as z from 'zod';

interface JsonSchema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | false;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly format?: string;
}

/** A value that the schema takes, with every part of it that may be there. */
export const sampleOf = (schema: z.ZodType): unknown => build(z.toJSONSchema(schema) as JsonSchema);

function build(schema: JsonSchema): unknown {
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice !== undefined) return build(choice);
  if ('const' in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const own = Object.entries(schema.properties ?? {}).map(([name, part]) => [name, build(part)]);
      const others = schema.additionalProperties ? [['a-name', build(schema.additionalProperties)]] : [];
      return Object.fromEntries([...own, ...others]);
    }
    case 'array':
      return [build(schema.items ?? {})];
    case 'string':
      if (schema.format === 'uuid') return '9b1a3d4e-0000-4000-8000-000000000001';
      return 'text'.padEnd(schema.minLength ?? 0, '-');
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 0);
    case 'boolean':
      return true;
    default:
      return null;
  }
}
