import { type MacReader, valuesOf } from './hypervisor-process.ts';

interface NetworkInterface {
  readonly host_dev_name?: unknown;
  readonly guest_mac?: unknown;
}

/** `--config-file F`, whose "network-interfaces" name device and MAC address. A guest that was set up through the API has no such file. */
export const macInFirecracker: MacReader = ({ argv, readFile }, device) => {
  const [file] = valuesOf(argv, '--config-file');
  const text = file === undefined ? undefined : readFile(file);
  if (text === undefined) return undefined;
  try {
    const config = JSON.parse(text) as { readonly 'network-interfaces'?: readonly NetworkInterface[] };
    const found = config['network-interfaces']?.find(({ host_dev_name: name }) => name === device)?.guest_mac;
    return typeof found === 'string' ? found : undefined;
  } catch {
    // Whatever else the file is, it does not tell.
    return undefined;
  }
};
