import { succeed } from '../../../shared/plan/outcome.ts';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { type AppDouble, createAppDouble } from '../../doubles/app-double.ts';
import { type OpenedPages, openPages } from './open-pages.ts';

/** A double of the main side, for machines that could not be had otherwise, and a real Chromium that looks at it through serve. */
export interface OpenedDouble extends OpenedPages {
  readonly app: AppDouble;
  /** From now on the machine is this. */
  show(machine: Machine): void;
}

export async function openDouble(): Promise<OpenedDouble> {
  const app = createAppDouble();
  const answers = {
    'app.describe': { version: '0', place: 'lab', door: 'browser', rights: 'root' },
    'drops.follow': { seconds: 30 },
    'filters.list': { filters: [] },
    'activity.list': { entries: [], more: false },
    'network.read': {
      text: '<network/>',
      findings: [],
      leases: [],
      kept: [],
      openings: [],
      forwards: [],
      taken: [],
      reach: { internet: true, lan: false, guests: true, host: false },
      dns: { enabled: true, forwarders: [], hosts: [] },
      rules: [],
    },
  } as const;
  for (const [method, value] of Object.entries(answers)) {
    app.always(method as keyof typeof answers, async () => succeed(value));
  }
  const pages = await openPages(app);
  return {
    ...pages,
    app,
    show(machine) {
      app.always('machine.read', async () => succeed(machine));
      app.emit('machine.changed', machine);
    },
  };
}
