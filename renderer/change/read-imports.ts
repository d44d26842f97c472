import type { Action } from '../../shared/rpc/changes.ts';

export interface ChosenFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly text: string;
}

export type ImportedFile =
  | { readonly name: string; readonly kind: 'filter' | 'network'; readonly action: Action }
  | { readonly name: string; readonly kind: 'left'; readonly because: 'neither' | 'tooLarge' | 'tooMany' };

/** As many bytes, and actions, as one call of the contract takes. */
export const maxTextBytes = 262_144;
const maxActions = 64;

/** The first element's name, after a declaration, comments and processing instructions. */
const rootOf = (text: string): string | undefined =>
  /^\uFEFF?(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*<([A-Za-z][\w.-]*)/.exec(text)?.[1];

/** What chosen files would define, or why they are left. Nothing of their content is checked yet: that is the preview's. */
export function readImports(files: readonly ChosenFile[]): readonly ImportedFile[] {
  let taken = 0;
  return files.map(({ name, size, text }): ImportedFile => {
    if (size > maxTextBytes) return { name, kind: 'left', because: 'tooLarge' };
    const root = rootOf(text);
    if (root !== 'filter' && root !== 'network') return { name, kind: 'left', because: 'neither' };
    taken += 1;
    if (taken > maxActions) return { name, kind: 'left', because: 'tooMany' };
    return root === 'filter'
      ? { name, kind: 'filter', action: { action: 'define-filter', text, file: name } }
      : { name, kind: 'network', action: { action: 'define-network', text, start: false, file: name } };
  });
}
