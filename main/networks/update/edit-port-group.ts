import { parsePortGroup } from '../parse/parse-port-group.ts';
import { addTo, refuseMissing, refuseSecond, type SectionEditor } from './network-update.ts';

/** A port group is told by its name. */
export const editPortGroup: SectionEditor = (edit) => {
  const { document, command, element, findings } = edit;
  const group = parsePortGroup(element, findings);
  if (group === undefined) return undefined;
  const { portGroups } = document;
  const index = portGroups.findIndex(({ name }) => name === group.name);
  const other = portGroups[index];
  if (command === 'add-first' || command === 'add-last') {
    if (other !== undefined) return refuseSecond(edit, `The port group ${group.name} is there already.`, other.span);
    return { ...document, portGroups: addTo(portGroups, group, command) };
  }
  if (other === undefined) return refuseMissing(edit, `The network has no port group ${group.name}.`);
  if (command === 'delete') return { ...document, portGroups: portGroups.toSpliced(index, 1) };
  return { ...document, portGroups: portGroups.with(index, group) };
};
