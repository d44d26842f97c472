export type ListedFields = Readonly<Record<string, unknown>>;

const areFields = (value: unknown): value is ListedFields => typeof value === 'object' && value !== null;

/** A list of objects in iproute2's JSON (`ip -json`, `bridge -json`); undefined for what is none. An empty listing of some versions is an empty text. */
export function parseListing(json: string): readonly ListedFields[] | undefined {
  if (json.trim() === '') return [];
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter(areFields) : undefined;
  } catch {
    return undefined;
  }
}
