/** A running program as /proc shows it. */
export interface HypervisorProcess {
  readonly argv: readonly string[];
  /** The TAP devices that it holds, by file descriptor. */
  readonly taps: ReadonlyMap<number, string>;
  /** The text of a file that its command line names; undefined where it cannot be had. */
  readFile(path: string): string | undefined;
}

/** What finds, in one hypervisor's command line, the MAC address that its guest has at a TAP device. */
export type MacReader = (process: HypervisorProcess, device: string) => string | undefined;

/** The words behind each of the options, as long as they are no options themselves; `--net=x` counts as `--net x`. */
export function valuesOf(argv: readonly string[], ...names: readonly string[]): readonly string[] {
  const values: string[] = [];
  let isOurs = false;
  for (const word of argv.slice(1)) {
    const [, name = word, value] = /^(--?[A-Za-z][A-Za-z-]*)=(.*)$/s.exec(word) ?? [];
    if (!word.startsWith('-')) {
      if (isOurs) values.push(word);
      continue;
    }
    isOurs = names.includes(name);
    if (isOurs && value !== undefined) values.push(value);
  }
  return values;
}
