import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { CheckedParams, Result } from '../../../shared/rpc/contract.ts';
import { parseNetwork } from '../../networks/parse/parse-network.ts';

type Name = CheckedParams<'network.check'>['name'];
type Found = Result<'network.check'>['diagnostics'];

/** What is wrong with the text of the network `name`, and what is to be known before it is saved. */
export function checkText(name: Name, text: string): Found {
  const file = `${name}.xml`;
  const parsed = parseNetwork(text, file);
  const renamed: Diagnostic[] =
    !parsed.ok || parsed.value.name === name
      ? []
      : [
          {
            code: 'other-name',
            severity: 'warning',
            message: `This makes a network ${parsed.value.name} beside ${name}; a network keeps its name.`,
            span: { ...parsed.value.span, file },
            found: parsed.value.name,
            expected: name,
          },
        ];
  const found = parsed.ok ? [...parsed.warnings, ...renamed] : parsed.diagnostics;
  return found.map((each) => ({ ...each, notes: each.notes && [...each.notes] }));
}
