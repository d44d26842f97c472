import { Command, CommanderError, Option } from 'commander';
import { type CliFailure, usage } from './cli-failure.ts';
import { placeWords } from './place-words.ts';
import { programHelp, verbHelp } from './print/help-text.ts';
import type { Verb, VerbOption } from './verb.ts';
import { verbArguments, verbOptions } from './verb-options.ts';

/** What the words on the command line ask for. */
export type Request =
  | {
      readonly ask: 'verb';
      readonly verb: Verb;
      readonly values: ReadonlyMap<string, readonly string[]>;
      readonly options: Readonly<Record<string, string | readonly string[] | true>>;
      readonly quiet: boolean;
    }
  | { readonly ask: 'help'; readonly text: string }
  | { readonly ask: 'refused'; readonly failure: CliFailure };

const refused = (message: string, cure = ''): Request => ({ ask: 'refused', ...usage(message, cure) });

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function option({ name, short, value, many = false }: Omit<VerbOption, 'description'>): Option {
  const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
  const made = new Option(value === undefined ? names : `${names} <${value}>`);
  // To commander --no-x is the other side of --x; here it is a switch of its own.
  made.negate = false;
  return many ? made.argParser(collect) : made;
}

function verbCommand(verb: Verb, chosen: (request: Request) => void, isQuiet: () => boolean): Command {
  const { name } = verb;
  const parameters = verbArguments(verb);
  const command = new Command(name)
    .argument('[words...]')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.helpInformation = () => verbHelp(verb);
  for (const own of verbOptions(verb)) {
    if (own.name !== 'help') command.addOption(option(own));
  }
  for (const { name: own } of parameters) command.addOption(option({ name: own, value: 'string', many: true }));
  command.action((words: readonly string[]) => {
    const given: Record<string, string | readonly string[] | true> = {};
    for (const { name: own, attributeName } of command.options.map((each) => ({
      name: each.name(),
      attributeName: each.attributeName(),
    }))) {
      const value: unknown = command.getOptionValue(attributeName);
      if (value !== undefined) given[own] = value as string | readonly string[] | true;
    }
    const placed = placeWords(name, parameters, given, words);
    if (!placed.ok) chosen({ ask: 'refused', failure: placed.failure });
    else chosen({ ask: 'verb', verb, values: placed.value, options: given, quiet: isQuiet() });
  });
  return command;
}

/** virsh's words for what is wrong with a command line; commander tells the kinds apart by code, the words by message. */
function refusal({ code, message }: CommanderError, verb: string): Request {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  const suggestion = /\(Did you mean (.+?)\?\)/.exec(message)?.[1];
  const cure = suggestion === undefined ? '' : `did you mean ${suggestion}?`;
  switch (code) {
    case 'commander.unknownCommand':
      return refused(`unknown command: '${quoted}'`, cure || 'guestward --help lists the verbs');
    case 'commander.unknownOption':
      return refused(
        verb === '' ? `unsupported option '${quoted}'` : `command '${verb}' doesn't support option ${quoted}`,
        cure,
      );
    case 'commander.optionMissingArgument':
      return refused(`option ${quoted.split(' ')[0]} needs a value`);
    default:
      return refused(message.replace(/^error: /, ''));
  }
}

/** Reads the words behind the program's name. */
export function readCommandLine(argv: readonly string[], groups: Readonly<Record<string, readonly Verb[]>>): Request {
  let request: Request | undefined;
  let helpText = '';
  const program = new Command('guestward');
  program
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: (text) => (helpText += text) })
    .enablePositionalOptions()
    .option('-q, --quiet')
    // virsh's way to name the hypervisor; there is nothing here to connect to.
    .option('-c, --connect <uri>')
    .helpCommand('help [verb]');
  program.helpInformation = () => programHelp(groups);
  const isQuiet = (): boolean => program.getOptionValue('quiet') === true;
  for (const verb of Object.values(groups).flat()) {
    const command = verbCommand(verb, (chosen) => (request = chosen), isQuiet);
    program.addCommand(command.copyInheritedSettings(program));
    command.helpInformation = () => verbHelp(verb);
  }
  if (argv.length === 0) return { ask: 'help', text: programHelp(groups) };
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { ask: 'help', text: helpText };
    const verb = program.commands.find((command) => argv.includes(command.name()))?.name() ?? '';
    return refusal(error, verb);
  }
  return request ?? { ask: 'help', text: programHelp(groups) };
}
