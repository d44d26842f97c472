import { type MacReader, valuesOf } from './hypervisor-process.ts';

/** `--net tap=DEV,mac=M tap=OTHER,mac=N`, or `fd=N` for the device. */
export const macInCloudHypervisor: MacReader = ({ argv, taps }, device) => {
  for (const text of valuesOf(argv, '--net')) {
    const properties = new Map(text.split(',').map((part) => part.split('=') as [string, string]));
    const fd = properties.get('fd');
    if (properties.get('tap') === device || (fd !== undefined && taps.get(Number(fd)) === device)) {
      return properties.get('mac');
    }
  }
  return undefined;
};
