/** What makes words stand out on a terminal; each is the identity where colour is not wanted. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

const plain = (text: string): string => text;

export const plainStyle: Style = { bold: plain, dim: plain, good: plain, bad: plain };

// ECMA-48 SGR.
const sgr =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

export const colourStyle: Style = { bold: sgr(1), dim: sgr(2), good: sgr(32), bad: sgr(31) };

/** Colours on a terminal whose user has not asked for none (https://no-color.org). */
export function styleFor(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style {
  const unwanted = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return isTerminal && !unwanted ? colourStyle : plainStyle;
}
