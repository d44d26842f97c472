/** The MAC address that `ip -json neighbour` lists for an IP address; undefined if it lists none. */
export function macOfNeighbour(json: string, ip: string): string | undefined {
  const listed: unknown = json.trim() === '' ? [] : JSON.parse(json);
  if (!Array.isArray(listed)) return undefined;
  const entry: unknown = listed.find((one) => isObject(one) && one['dst'] === ip);
  const mac = isObject(entry) ? entry['lladdr'] : undefined;
  return typeof mac === 'string' ? mac : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
