import type { Binding } from '../../shared/nwfilter/binding.ts';

/** One thing that a user wants to be otherwise. Several make one plan: all of them happen, or none. */
export type Change =
  | { readonly change: 'define-filter'; readonly text: string; readonly file: string }
  | { readonly change: 'undefine-filter'; readonly nameOrUuid: string }
  | { readonly change: 'create-binding'; readonly text: string; readonly file: string }
  /** A binding that was not written as XML; replaces one of the device if `replace` is set. */
  | { readonly change: 'bind'; readonly binding: Binding; readonly replace: boolean }
  | { readonly change: 'delete-binding'; readonly device: string };
