import type { Field } from './fields.ts';
import type { PortKey, SetDefinition } from './ruleset.ts';

const portKeys: Readonly<Record<PortKey, string>> = { iifname: 'iifname', oifname: 'oifname', mark: 'meta mark' };

/** The expression that loads a port's key. */
export function writePortKey(key: PortKey): string {
  return portKeys[key];
}

/** The expression that loads a field. */
export function writeField(field: Field): string {
  return typeof field === 'string' ? field : `@${field.raw},${field.offset},${field.length}`;
}

/** The expression that a set of this key is looked up with, used where it is declared by example (`typeof`). */
export function writeSetKey(key: SetDefinition['key']): string {
  return key === 'mark' ? portKeys.mark : portKeys.iifname;
}
