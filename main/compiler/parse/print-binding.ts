import { formatMac } from '../../../shared/net/mac.ts';
import type { Binding } from '../../../shared/nwfilter/binding.ts';
import { bindingNamespace } from './binding-namespace.ts';
import { escapeXml } from './escape-xml.ts';
import { printFilterref } from './print-filterref.ts';

function printOwner({ name, uuid }: NonNullable<Binding['owner']>): readonly string[] {
  return ['<owner>', `  <name>${escapeXml(name)}</name>`, `  <uuid>${uuid}</uuid>`, '</owner>'];
}

/** Writes a binding in the shape of `virsh nwfilter-binding-dumpxml`, ending in a line feed. What is written reads back as the same binding. */
export function printBinding(binding: Binding): string {
  const lines = [
    ...(binding.owner === undefined ? [] : printOwner(binding.owner)),
    `<portdev name='${binding.device}'/>`,
    ...(binding.mac === undefined ? [] : [`<mac address='${formatMac(binding.mac)}'/>`]),
    ...printFilterref(binding),
  ];
  const { adoptedBy } = binding;
  const note =
    adoptedBy === undefined
      ? ''
      : ` xmlns:guestward='${bindingNamespace}' guestward:adopted-by='${escapeXml(adoptedBy)}'`;
  return [`<filterbinding${note}>`, ...lines.map((line) => `  ${line}`), '</filterbinding>', ''].join('\n');
}
