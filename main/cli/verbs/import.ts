import { statSync } from 'node:fs';
import { count } from '../../engine/words/join-words.ts';
import { applyTo } from '../apply-changes.ts';
import { refused, usage } from '../cli-failure.ts';
import { printable } from '../print/printable.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const importVerb: Verb = {
  name: 'import',
  summary: "take over libvirt's networks, filters and bindings",
  description:
    "import libvirt reads networks, filters and bindings as virsh tells them, or from libvirt's folders, takes over all that it can in one change, and says what it could not take and why. libvirt's own are left as they are; networks are defined, not started.",
  argument: { name: 'from-what', description: 'libvirt' },
  options: [{ name: 'from', value: 'DIR', description: "folder like /etc/libvirt, in place of virsh's answers" }],
  changes: true,
  async run(call) {
    const [what = ''] = call.values;
    if (what !== 'libvirt') return usage(`'${what}' is not what can be imported`, 'guestward import libvirt');
    const [{ readLibvirt }, { chooseImports }] = await Promise.all([
      import('../networks/libvirt-source.ts'),
      import('../networks/choose-imports.ts'),
    ]);
    const from = call.text('from');
    if (from !== undefined && !statSync(from, { throwIfNoEntry: false })?.isDirectory())
      return refused(`there is no folder '${from}'`, 'it is to be one like /etc/libvirt');
    const reading = readLibvirt(from);
    return withEngine(call, async (engine) => {
      const { changes, taken, left: refused } = await chooseImports(engine, reading.items);
      const left = [...reading.unread, ...refused];
      const leftText = left.map(({ what: name, why }) => `  ${printable(name)}: ${why}\n`).join('');
      const head = `${count(taken.length, 'definition')} of ${taken.length + left.length} taken from ${reading.source}\n`;
      const lines = taken.map(({ kind, name }) => `  ${kind} ${printable(name)}\n`).join('');
      const text = `${head}${lines}${left.length === 0 ? '' : `Not taken:\n${leftText}`}`;
      const started = taken.filter(({ autostart }) => autostart).map(({ name }) => name);
      const notes =
        started.length === 0
          ? []
          : started.map(
              (name) =>
                `libvirt starts network ${name} with the machine; before Guestward does: virsh net-destroy ${name}, virsh net-autostart ${name} --disable`,
            );
      const json = { source: reading.source, taken: taken.map(({ kind, name }) => ({ kind, name })), left };
      if (taken.length === 0) return { ok: true, text, json };
      const report = await applyTo(engine, call, changes, {
        headline: `Failed to import from ${reading.source}`,
        done: () => ({ text, json }),
      });
      if (!report.ok) return report;
      return {
        ...report,
        text: call.dryRun ? `${text}\n${report.text}` : report.text,
        notes: [...(report.notes ?? []), ...notes],
      };
    });
  },
};
