import type { BaseChain, Chain, Element, NftSet, Rule, SetDefinition, Table } from '../../../shared/plan/ruleset.ts';
import { contentName } from '../../compiler/backends/nftables/content-name.ts';

/** As many as a chain of a plan may have. */
const maxRules = 4096;

/** Collects chains and sets whose names start with `net_`. */
export class TableBuilder {
  readonly #chains = new Map<string, Chain>();
  readonly #sets = new Map<string, { readonly definition: SetDefinition; readonly elements: Element[] }>();

  /** A chain whose name is made of its rules; a changed chain is a new one, to which the elements that lead to it are moved. */
  leaf(prefix: string, rules: readonly Rule[]): string {
    const parts = Array.from({ length: Math.ceil(rules.length / maxRules) }, (_, at) =>
      rules.slice(at * maxRules, (at + 1) * maxRules),
    );
    if (parts.length > 1) {
      const jumps = parts.map((part): Rule => {
        const chain = this.leaf(prefix, part);
        return { matches: [], counter: false, statement: { do: 'jump', chain } };
      });
      return this.leaf(prefix, jumps);
    }
    const name = contentName(`net_${prefix}`, rules);
    this.#chains.set(name, { rules: [...rules] });
    return name;
  }

  /** A chain of the same rules whatever networks there are. */
  fixed(name: string, rules: readonly Rule[]): void {
    this.#chains.set(name, { rules: [...rules] });
  }

  /** A hook; without a rule it is left out. */
  hook(name: string, base: BaseChain, rules: readonly Rule[]): void {
    if (rules.length > 0) this.#chains.set(name, { base, rules: [...rules] });
  }

  set(name: string, definition: SetDefinition): void {
    if (!this.#sets.has(name)) this.#sets.set(name, { definition, elements: [] });
  }

  add(name: string, element: Element): void {
    const set = this.#sets.get(name);
    if (set === undefined) throw new Error(`There is no set ${name}.`);
    const isThere = set.elements.some(
      ({ port, values }) => port === element.port && values.join() === element.values.join(),
    );
    if (!isThere) set.elements.push(element);
  }

  build(): Table {
    const sets: Record<string, NftSet> = Object.fromEntries(this.#sets);
    return { chains: Object.fromEntries(this.#chains), sets };
  }
}
