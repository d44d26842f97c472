import type { DefinitionChange } from '../../shared/plan/plan.ts';
import { printPort } from '../networks/ports/print-port.ts';
import type { Workspace } from './workspace.ts';

/** The text that a definition has in the state folder; undefined where there is none, as of a stock filter that nobody redefined. */
export function definitionText(
  { filters, bindings, networks, ports }: Workspace,
  kind: DefinitionChange['kind'],
  name: string,
): string | undefined {
  switch (kind) {
    case 'filter': {
      const filter = filters.get(name);
      return filter?.stock === false ? filter.text : undefined;
    }
    case 'binding':
      return bindings.get(name)?.text;
    case 'network':
      return networks.get(name)?.persistent?.text;
    case 'live-network':
      return networks.get(name)?.live?.text;
    case 'port': {
      const port = ports.get(name);
      return port && printPort(port);
    }
  }
}
