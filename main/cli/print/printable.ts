/** What a name, a file or a guest could slip to the terminal is not passed on to it. */
export const printable = (text: string): string => text.replaceAll(/[^\P{C}\n]/gu, '?');
