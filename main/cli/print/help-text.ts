import type { Verb, VerbArgument, VerbOption } from '../verb.ts';
import { verbArguments, verbOptions } from '../verb-options.ts';

const textWidth = 76;

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > textWidth) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}

const optionName = ({ name, short, value }: VerbOption): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`;

function argumentName({ name, many = false, unless, optional = false }: VerbArgument): string {
  const word = `<${name}>${many ? '...' : ''}`;
  return unless !== undefined || optional ? `[${word}]` : word;
}

function synopsis(verb: Verb): string {
  const options = verbOptions(verb)
    .filter((option) => option.name !== 'help')
    .map((option) => `[${optionName(option)}]${option.many ? '...' : ''}`);
  return wrapped([verb.name, ...verbArguments(verb).map(argumentName), ...options].join(' '), '      ');
}

/** A verb's help in virsh's shape. */
export function verbHelp(verb: Verb): string {
  const { name, summary, description } = verb;
  const rows = [
    ...verbArguments(verb).map((argument) => [`[--${argument.name}] <string>`, argument.description] as const),
    ...verbOptions(verb).map((option) => [optionName(option), option.description] as const),
  ];
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const options = rows.map(
    ([left, right]) => `    ${left.padEnd(width)}${wrapped(right, ' '.repeat(width + 4)).trimStart()}`,
  );
  return `  NAME
    ${name} - ${summary}

  SYNOPSIS
    ${synopsis(verb)}

  DESCRIPTION
    ${wrapped(description, '    ')}

  OPTIONS
${options.join('\n')}
`;
}

/** The help of the program: what it is for, and every verb with a few words. */
export function programHelp(groups: Readonly<Record<string, readonly Verb[]>>): string {
  const lists = Object.entries(groups).map(
    ([heading, verbs]) =>
      ` ${heading}:\n${verbs.map(({ name, summary }) => `    ${name.padEnd(26)}${summary}\n`).join('')}`,
  );
  return `guestward gives virtual machines networks, and a firewall in front of their network cards.

  guestward [-q] VERB [ARGUMENT...]

${lists.join('\n')}
 Options:
    -q, --quiet               only what was asked for, without headings
    --version                 the version of the program
    --help                    this help; VERB --help tells about a verb

More is in guestward(1).
`;
}
