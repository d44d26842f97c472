import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { definitionFileName, definitionNameOf } from '../../shared/plan/definition-file-name.ts';
import type { DefinitionChange } from '../../shared/plan/plan.ts';
import { readRootFile, removeRootFile, replaceRootFile, syncFile, syncFolder } from './root-file.ts';

type Kind = DefinitionChange['kind'];

const folders = {
  filter: 'filters',
  binding: 'bindings',
  network: 'networks',
  'live-network': 'live-networks',
  port: 'ports',
} as const satisfies Record<Kind, string>;
const kinds = Object.keys(folders) as Kind[];

/** Texts by kind and name. */
export type Definitions = Readonly<Record<Kind, Map<string, string>>>;

/** The folders that definitions are kept in. */
export function definitionFolders(state: string): readonly string[] {
  return kinds.map((kind) => join(state, folders[kind]));
}

/** All definitions on disk with these later changes to them; files of other names are left alone. */
export function readDefinitions(state: string, changes: readonly DefinitionChange[]): Definitions {
  const definitions = Object.fromEntries(kinds.map((kind) => [kind, readFolder(join(state, folders[kind]))])) as Record<
    Kind,
    Map<string, string>
  >;
  for (const { kind, name, text } of changes) {
    if (text === null) definitions[kind].delete(name);
    else definitions[kind].set(name, text);
  }
  return definitions;
}

/** The text of one definition, as the files have it with these later changes to them; undefined where there is none. */
export function readDefinition(
  state: string,
  changes: readonly DefinitionChange[],
  { kind, name }: Pick<DefinitionChange, 'kind' | 'name'>,
): string | undefined {
  const changed = changes.findLast((change) => change.kind === kind && change.name === name);
  if (changed !== undefined) return changed.text ?? undefined;
  return readRootFile(pathOf(state, { kind, name }));
}

/** Whether there is a network of this name, defined or started, as far as the files know. */
export function isNetworkOnDisk(state: string, name: string): boolean {
  return (['network', 'live-network'] as const).some((kind) => existsSync(pathOf(state, { kind, name })));
}

/** Writes definitions in their order. They are durable by the log that they came from until `syncDefinitions` was called. */
export function writeDefinitions(state: string, changes: readonly DefinitionChange[]): void {
  for (const change of changes) {
    const path = pathOf(state, change);
    if (change.text === null) removeRootFile(path);
    else replaceRootFile(path, change.text, { durable: false });
  }
}

/** Makes these changes survive without the log. */
export function syncDefinitions(state: string, changes: readonly DefinitionChange[]): void {
  for (const path of new Set(changes.map((change) => pathOf(state, change)))) syncFile(path);
  for (const kind of kinds) {
    if (changes.some((change) => change.kind === kind)) syncFolder(join(state, folders[kind]));
  }
}

function readFolder(folder: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const fileName of readdirSync(folder).sort()) {
    const name = definitionNameOf(fileName);
    const text = name === undefined ? undefined : readRootFile(join(folder, fileName));
    if (name !== undefined && text !== undefined) texts.set(name, text);
  }
  return texts;
}

function pathOf(state: string, { kind, name }: Pick<DefinitionChange, 'kind' | 'name'>): string {
  const fileName = definitionFileName(name);
  if (fileName === undefined) throw new Error(`no file name for the ${kind} ${JSON.stringify(name)}`);
  return join(state, folders[kind], fileName);
}
