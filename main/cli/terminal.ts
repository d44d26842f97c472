/** All that a verb may know of and say to the terminal it was typed in. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether colour is wanted on standard output. */
  readonly colour: boolean;
  /** Whether a person can be asked: standard input and output are a terminal. */
  readonly interactive: boolean;
  write(text: string): void;
  writeError(text: string): void;
  /** Puts a question to the person and waits for a line. */
  ask(question: string): Promise<string>;
}
