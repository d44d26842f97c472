import type { Verb, VerbArgument, VerbOption } from './verb.ts';

const dryRun: VerbOption = {
  name: 'dry-run',
  description: 'change nothing; print the plan in words, then the text for nft',
};

const confirm: VerbOption = {
  name: 'confirm',
  value: 'SECONDS',
  description: 'take it back by itself unless guestward confirm comes within these seconds',
};

const common: readonly VerbOption[] = [
  { name: 'json', description: 'print the answer as JSON' },
  { name: 'help', description: 'print help for this verb' },
];

/** A verb's own options and those that it has for being what it is. */
export function verbOptions({ options = [], changes = false }: Verb): readonly VerbOption[] {
  return [...options, ...(changes ? [dryRun, confirm] : []), ...common];
}

/** What stands behind a verb, in its order. */
export function verbArguments({ argument, furtherArguments = [] }: Verb): readonly VerbArgument[] {
  return argument === undefined ? furtherArguments : [argument, ...furtherArguments];
}
