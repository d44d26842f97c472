import type { Checked, Diagnostic } from '../../../shared/diagnostic.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Outcome } from '../failure.ts';
import type { NetworkText } from '../workspace.ts';

export type ParseNetwork = (text: string, file: string) => Checked<NetworkDocument>;

/** A file of the state folder that was right when it was written and is not any more. */
export class DamagedNetwork extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;

  constructor(file: string, text: string, diagnostics: readonly Diagnostic[]) {
    super(`The network in ${file} cannot be read.`);
    this.diagnostics = diagnostics;
    this.sources = new Map([[file, text]]);
  }
}

/** A stored network, which is read when it is first asked for: most commands need few or none of them. Throws DamagedNetwork then. */
export function lazyNetwork(text: string, file: string, parse: ParseNetwork): NetworkText {
  let document: NetworkDocument | undefined;
  return {
    text,
    get document() {
      if (document === undefined) {
        const parsed = parse(text, file);
        if (!parsed.ok) throw new DamagedNetwork(file, text, parsed.diagnostics);
        document = parsed.value;
      }
      return document;
    },
  };
}

/** Does what asks for stored networks; a damaged one is a failure with its findings. */
export function refuseDamaged<T>(work: () => Outcome<T>): Outcome<T> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DamagedNetwork)) throw error;
    const { diagnostics, sources } = error;
    return { ok: false, failure: { kind: 'diagnostics', diagnostics, sources, devices: [] } };
  }
}
