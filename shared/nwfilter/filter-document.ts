import type { SourceSpan } from '../diagnostic.ts';
import type { ProtocolName } from './protocols.ts';
import type { AttributeValue } from './values.ts';

export const ruleActions = ['accept', 'drop', 'reject', 'return', 'continue'] as const;
export type RuleAction = (typeof ruleActions)[number];

export const ruleDirections = ['in', 'out', 'inout'] as const;
export type RuleDirection = (typeof ruleDirections)[number];

/** One attribute of a protocol element, e.g. srcmacaddr='$MAC' under match='no'. */
export interface RuleAttribute {
  readonly name: string;
  readonly negated: boolean;
  readonly value: AttributeValue;
  readonly span: SourceSpan;
}

export interface RuleElement {
  readonly kind: 'rule';
  readonly action: RuleAction;
  readonly direction: RuleDirection;
  /** -1000..1000, 500 where the XML says nothing. */
  readonly priority: number;
  /** false turns the implied connection state matching of layer 4 rules off. */
  readonly statematch: boolean;
  /** undefined for a rule without a protocol element: it matches every frame. */
  readonly protocol: ProtocolName | undefined;
  /** In the order of the text; the attributes of several elements of the one protocol are joined. */
  readonly attributes: readonly RuleAttribute[];
  readonly span: SourceSpan;
}

/** Variable names to their lists of values, as `<parameter name= value=/>` gives them. */
export type Parameters = Readonly<Record<string, readonly string[]>>;

export interface FilterReference {
  readonly kind: 'filterref';
  readonly filter: string;
  readonly parameters: Parameters;
  readonly span: SourceSpan;
}

/** A filter as written: libvirt's `<filter>` with every value typed and every place remembered. */
export interface FilterDocument {
  readonly name: string;
  /** undefined where the XML gives none; the store makes one at the first define. */
  readonly uuid: string | undefined;
  /** `root`, or a protocol chain name such as `arp` or `arp-xyz`. */
  readonly chain: string;
  /** The chain's priority, -1000..1000: the XML's or the default of the chain's prefix. */
  readonly priority: number;
  /** Whether the XML gives the priority itself. */
  readonly prioritySpecified: boolean;
  readonly entries: readonly (RuleElement | FilterReference)[];
  readonly span: SourceSpan;
}
