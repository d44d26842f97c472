import { hooks } from './base-chains.ts';
import { generationSet, ownName, ownTableIn } from './own-names.ts';
import type { Operation } from './plan.ts';
import type { Chain, Rule } from './ruleset.ts';
import { type TableFamily, tableFamilies } from './table-families.ts';
import { writeElement, writeElementKey, writeSameBytes, writeSetDeclaration } from './write-set.ts';
import { writeRule } from './write-statement.ts';

/** Where a line of nft text comes from: an operation of the plan by its index, and in a chain the rule's index. */
export interface LineOrigin {
  readonly operation: number;
  readonly rule?: number;
}

export interface NftText {
  readonly text: string;
  /** One entry a line; undefined for the lines that the writer adds on its own. nft counts lines from 1. */
  readonly origins: readonly (LineOrigin | undefined)[];
}

/** What the writer adds around a plan. */
export interface Framing {
  readonly generation: number;
  /** Identifies the transaction; kept as the comment of the generation's element, which the kernel returns with it. */
  readonly marker: string;
  /** Generations whose markers are to go. */
  readonly forgotten: readonly number[];
  /** Whether to start from empty tables, whatever stands in them. */
  readonly fresh: boolean;
}

/** A plan as the text of one nft transaction (nft -f), an operation, rule or element a line. */
export function writeNft(operations: readonly Operation[], framing: Framing): NftText {
  const lines: string[] = [];
  const origins: (LineOrigin | undefined)[] = [];
  const add = (line: string, origin?: LineOrigin) => {
    lines.push(line);
    origins.push(origin);
  };

  for (const line of writeOpening(framing.fresh)) add(line);
  for (const family of tableFamilies) {
    if (operations.some((operation) => operation.family === family && comparesBytes(operation))) {
      for (const line of writeSameBytes(family)) add(line);
    }
  }
  for (const [index, operation] of operations.entries()) {
    for (const { text, rule } of writeOperation(operation)) {
      add(text, rule === undefined ? { operation: index } : { operation: index, rule });
    }
  }
  for (const line of writeMarker(framing)) add(line);
  return { text: `${lines.join('\n')}\n`, origins };
}

/** The transaction that leaves nothing of Guestward's in the kernel. */
export function writeRemoval(): string {
  return tableFamilies
    .flatMap((family) => [`add table ${ownTableIn(family)}\n`, `delete table ${ownTableIn(family)}\n`])
    .join('');
}

function writeOpening(fresh: boolean): readonly string[] {
  return tableFamilies.flatMap((family) => {
    const create = `add table ${ownTableIn(family)}`;
    // Deleting fails where nothing is, and "destroy" is unknown to nft 1.0.6.
    return fresh ? [create, `delete table ${ownTableIn(family)}`, create] : [create];
  });
}

function comparesBytes(operation: Operation): boolean {
  const rules = rulesOf(operation);
  return rules.some(({ matches }) => matches.some(({ match }) => match === 'same-byte'));
}

function rulesOf(operation: Operation): readonly Rule[] {
  if (operation.op === 'replace-rules') return operation.rules;
  return operation.op === 'add-chain' ? operation.content.rules : [];
}

/** A marker is added, not replaced: nft waits for the kernel to free what is deleted, some 10 ms. */
function writeMarker({ generation, marker, forgotten }: Framing): readonly string[] {
  const set = `${ownTableIn('bridge')} ${generationSet}`;
  const key = (number: number) => `0x${number.toString(16)}`;
  return [
    `add set ${set} { type mark; }`,
    ...(forgotten.length === 0 ? [] : [`delete element ${set} { ${forgotten.map(key).join(', ')} }`]),
    `add element ${set} { ${key(generation)} comment "${marker}" }`,
  ];
}

interface Line {
  readonly text: string;
  readonly rule?: number;
}

function writeOperation(operation: Operation): readonly Line[] {
  const place = ownTableIn(operation.family);
  switch (operation.op) {
    case 'add-chain':
      return [
        { text: `add chain ${place} ${ownName(operation.chain)}${writeHook(operation.family, operation.content)}` },
        ...writeRules(operation.family, operation.chain, operation.content.rules),
      ];
    case 'replace-rules':
      return [
        { text: `flush chain ${place} ${ownName(operation.chain)}` },
        ...writeRules(operation.family, operation.chain, operation.rules),
      ];
    case 'delete-chain':
      return [{ text: `delete chain ${place} ${ownName(operation.chain)}` }];
    case 'add-set':
      return [{ text: writeSetDeclaration(operation.family, operation.set, operation.definition) }];
    case 'delete-set':
      return [{ text: `delete set ${place} ${ownName(operation.set)}` }];
    case 'add-elements':
      return writeElements(`add element ${place} ${ownName(operation.set)}`, operation.elements.map(writeElement));
    case 'delete-elements':
      return writeElements(
        `delete element ${place} ${ownName(operation.set)}`,
        operation.elements.map(writeElementKey),
      );
  }
}

function writeHook(family: TableFamily, { base }: Chain): string {
  if (base === undefined) return '';
  const place = hooks[family][base];
  if (place === undefined) throw new Error(`the ${family} table has no place for ${base}`);
  return ` { type ${place.type ?? 'filter'} hook ${place.hook} priority ${place.priority}; policy accept; }`;
}

function writeRules(family: TableFamily, chain: string, rules: readonly Rule[]): readonly Line[] {
  return rules.map((rule, index) => ({
    text: `add rule ${ownTableIn(family)} ${ownName(chain)} ${writeRule(rule)}`,
    rule: index,
  }));
}

function writeElements(command: string, elements: readonly string[]): readonly Line[] {
  const last = elements.length - 1;
  return elements.map((element, index) => ({
    text: `${index === 0 ? `${command} { ` : ''}${element}${index === last ? ' }' : ','}`,
  }));
}
