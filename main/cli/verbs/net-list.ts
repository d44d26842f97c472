import type { StoredNetwork } from '../../engine/workspace.ts';
import { usage } from '../cli-failure.ts';
import { textOf } from '../networks/find-network.ts';
import { byName } from '../print/by-name.ts';
import { formatTable } from '../print/table.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const rowOf = (stored: StoredNetwork) => ({
  name: stored.name,
  uuid: textOf(stored).document.uuid ?? '',
  active: stored.live !== undefined,
  autostart: stored.persistent?.document.settings.autostart ?? false,
  persistent: stored.persistent !== undefined,
  mode: textOf(stored).document.forward.mode,
  bridge: textOf(stored).document.bridge.name,
});
type Row = ReturnType<typeof rowOf>;

/** Both of a pair of switches, or neither: all. */
const oneOf = (call: Call, yes: string, no: string, is: boolean): boolean =>
  call.has(yes) === call.has(no) || call.has(yes) === is;

function isWanted(call: Call, { active, autostart, persistent }: Row): boolean {
  const state = call.has('all') ? true : call.has('inactive') ? !active : active;
  return (
    state && oneOf(call, 'autostart', 'no-autostart', autostart) && oneOf(call, 'persistent', 'transient', persistent)
  );
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

function textFor(call: Call, rows: readonly Row[]): string {
  if (call.has('name')) return rows.map(({ name }) => `${name}\n`).join('');
  if (call.has('uuid')) return rows.map(({ uuid }) => `${uuid}\n`).join('');
  const cells = rows.map(({ name, active, autostart, persistent }) => [
    name,
    active ? 'active' : 'inactive',
    yesOrNo(autostart),
    yesOrNo(persistent),
  ]);
  return formatTable(['Name', 'State', 'Autostart', 'Persistent'], cells, !call.quiet);
}

export const netList: Verb = {
  name: 'net-list',
  summary: 'list networks',
  description: 'Returns list of networks: of those that are started, unless other ones are asked for.',
  options: [
    { name: 'inactive', description: 'list inactive networks' },
    { name: 'all', description: 'list inactive & active networks' },
    { name: 'persistent', description: 'list persistent networks' },
    { name: 'transient', description: 'list transient networks' },
    { name: 'autostart', description: 'list networks with autostart enabled' },
    { name: 'no-autostart', description: 'list networks with autostart disabled' },
    { name: 'uuid', description: "list uuid's only" },
    { name: 'name', description: 'list network names only' },
    { name: 'table', description: 'list table (default)' },
  ],
  ofVirsh: true,
  async run(call): Promise<Report> {
    if (['table', 'name', 'uuid'].filter((option) => call.has(option)).length > 1) {
      return usage('Only one argument from --table, --name and --uuid may be specified.');
    }
    return withEngine(call, async ({ workspace }) => {
      const rows = [...workspace.networks.values()]
        .map(rowOf)
        .filter((row) => isWanted(call, row))
        .sort(byName);
      const notes =
        workspace.networks.size === 0 && call.terminal.interactive
          ? ['there is no network yet; guestward net-new makes one']
          : [];
      return { ok: true, text: textFor(call, rows), json: rows, notes };
    });
  },
};
