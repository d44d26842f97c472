/**
 * A manifest and a lockfile that install one package of a lockfile and nothing else, with the version and the
 * integrity that stand there; undefined if the lockfile does not know the package.
 * @param {string} lockfile text of a package-lock.json, version 3
 * @param {string} name of a package without dependencies
 */
export function lockfileOfOne(lockfile, name) {
  const path = `node_modules/${name}`;
  const entry = JSON.parse(lockfile).packages[path];
  if (!entry) return undefined;

  const { optional: _, ...wanted } = entry;
  const manifest = { name: 'one', version: '0.0.0', private: true, dependencies: { [name]: entry.version } };
  const one = {
    name: manifest.name,
    version: manifest.version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, [path]: wanted },
  };
  return {
    version: /** @type {string} */ (entry.version),
    manifest: JSON.stringify(manifest),
    lockfile: JSON.stringify(one),
  };
}
