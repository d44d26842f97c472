import type { CliFailure } from './cli-failure.ts';

/** virsh speaks of looking the name up, where that fails already. */
export const filterHeadline =
  (name: string, otherwise?: string) =>
  (failure: CliFailure): string | undefined =>
    failure.kind === 'filter-not-found' && failure.name === name ? `failed to get nwfilter '${name}'` : otherwise;

export const bindingHeadline =
  (device: string, otherwise?: string) =>
  (failure: CliFailure): string | undefined =>
    failure.kind === 'binding-not-found' ? `failed to get nwfilter binding '${device}'` : otherwise;
