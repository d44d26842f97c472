import type { GuestwardSettings, Reach } from '../../../shared/network/network-document.ts';
import { filterNameProblem } from '../../../shared/nwfilter/filter-name.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { parseOpenings } from './parse-openings.ts';
import { parsePortForward } from './parse-port-forward.ts';
import { createReader } from './reader.ts';
import { deviceName, type Kind, yesNo } from './value-kinds.ts';

/** The settings, and what `<guestward:lan>` says of the way out. */
export interface ReadSettings {
  readonly settings: GuestwardSettings;
  readonly lan: { readonly dev: string | undefined; readonly span: XmlElement['span'] } | undefined;
}

const filterName: Kind<string> = {
  expected: 'the name of a filter',
  parse: (text) => (filterNameProblem(text) === undefined ? text : undefined),
};
const everything: Reach = { internet: true, lan: true, guests: true, host: true };

function parseReach(element: XmlElement | undefined, findings: Findings): Reach {
  if (element === undefined) return everything;
  const reader = createReader(element, { attributes: Object.keys(everything) }, findings);
  const read = (name: keyof Reach): boolean => reader.read(name, yesNo) ?? true;
  return { internet: read('internet'), lan: read('lan'), guests: read('guests'), host: read('host') };
}

/** Reads `<guestward:settings>`, a tree whose own names have lost their prefix. */
export function parseSettings(element: XmlElement | undefined, findings: Findings): ReadSettings {
  const nothing = {
    autostart: false,
    openings: undefined,
    forwards: [],
    slaac: false,
    reflect: false,
    defaultFilter: undefined,
  };
  if (element === undefined) return { settings: { ...nothing, reach: everything }, lan: undefined };
  const children = ['autostart', 'reach', 'openings', 'forwards', 'slaac', 'filter', 'lan'];
  const reader = createReader(element, { children }, findings);
  const autostart = reader.only('autostart');
  if (autostart !== undefined) createReader(autostart, {}, findings);
  const forwards = reader.only('forwards');
  const slaac = reader.only('slaac');
  if (slaac !== undefined) createReader(slaac, {}, findings);
  const filter = reader.only('filter');
  const lan = reader.only('lan');
  const lanReader = lan && createReader(lan, { attributes: ['dev', 'reflect'] }, findings);
  return {
    settings: {
      autostart: autostart !== undefined,
      reach: parseReach(reader.only('reach'), findings),
      openings: parseOpenings(reader.only('openings'), findings),
      forwards:
        forwards === undefined
          ? []
          : createReader(forwards, { children: ['forward'] }, findings)
              .all('forward')
              .flatMap((part) => parsePortForward(part, findings) ?? []),
      slaac: slaac !== undefined,
      reflect: lanReader?.read('reflect', yesNo) ?? false,
      defaultFilter: filter && createReader(filter, { attributes: ['name'] }, findings).demand('name', filterName),
    },
    lan: lan && { dev: lanReader?.read('dev', deviceName), span: lan.span },
  };
}
