export interface PortRange {
  readonly low: number;
  readonly high: number;
}

const isPort = (port: number): boolean => port >= 1 && port <= 65_535;

/** Reads `8080` or `8000-8010`. */
export function readPorts(text: string): PortRange | undefined {
  const [, first, last] = /^\s*([0-9]{1,5})\s*(?:-\s*([0-9]{1,5}))?\s*$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const [low, high] = [Number(first), Number(last ?? first)];
  return isPort(low) && isPort(high) && low <= high ? { low, high } : undefined;
}

export function showPorts({ low, high }: PortRange): string {
  return low === high ? `${low}` : `${low}-${high}`;
}
