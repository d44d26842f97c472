import type { Bandwidth, Rate } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { createReader } from './reader.ts';
import { integer } from './value-kinds.ts';

const rate = integer(1, 0xffff_ffff);

function parseRate(element: XmlElement | undefined, findings: Findings): Rate | undefined {
  if (element === undefined) return undefined;
  const reader = createReader(element, { attributes: ['average', 'peak', 'burst'] }, findings);
  const average = reader.demand('average', rate);
  const peak = reader.read('peak', rate);
  if (average !== undefined && peak !== undefined && peak < average) {
    reader.refuse('peak', 'The peak is lower than the average.', `${average} or more`);
  }
  const burst = reader.read('burst', rate);
  return average === undefined ? undefined : { average, peak, burst };
}

/** Reads `<bandwidth>` of a network or a port group. */
export function parseBandwidth(element: XmlElement | undefined, findings: Findings): Bandwidth {
  if (element === undefined) return { inbound: undefined, outbound: undefined };
  const reader = createReader(element, { children: ['inbound', 'outbound'] }, findings);
  return {
    inbound: parseRate(reader.only('inbound'), findings),
    outbound: parseRate(reader.only('outbound'), findings),
  };
}
