import { createReader } from '../parse/reader.ts';
import { deviceName } from '../parse/value-kinds.ts';
import { refuseMissing, refuseModify, refuseSecond, type SectionEditor } from './network-update.ts';

/** The device that packets leave by: there is one, or none. */
export const editForwardInterface: SectionEditor = (edit) => {
  const { document, command, element, findings } = edit;
  if (command === 'modify') return refuseModify(edit);
  const dev = createReader(element, { attributes: ['dev', 'connections'] }, findings).demand('dev', deviceName);
  if (dev === undefined) return undefined;
  const { forward } = document;
  if (command === 'delete') {
    if (forward.dev !== dev) return refuseMissing(edit, `The network has no forward interface ${dev}.`);
    return { ...document, forward: { ...forward, dev: undefined } };
  }
  if (forward.dev !== undefined) {
    return refuseSecond(edit, `The forward interface ${forward.dev} is there already, and there is one at most.`);
  }
  return { ...document, forward: { ...forward, dev } };
};
