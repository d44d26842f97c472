import type { Verb } from './verb.ts';

type VerbModules = Readonly<Record<string, () => Promise<Verb>>>;

/** All verbs in the order of the help, under the headings that they stand under there. A call loads the one that it is about. */
const modules: Readonly<Record<string, VerbModules>> = {
  NIC: {
    attach: async () => (await import('./verbs/attach.ts')).attach,
    adopt: async () => (await import('./verbs/adopt.ts')).adopt,
    detach: async () => (await import('./verbs/detach.ts')).detach,
    status: async () => (await import('./verbs/status.ts')).status,
    log: async () => (await import('./verbs/log.ts')).log,
    watch: async () => (await import('./verbs/watch.ts')).watch,
    trace: async () => (await import('./verbs/trace.ts')).trace,
    restore: async () => (await import('./verbs/restore.ts')).restore,
    confirm: async () => (await import('./verbs/confirm.ts')).confirm,
    undo: async () => (await import('./verbs/undo.ts')).undo,
  },
  Network: {
    'net-new': async () => (await import('./verbs/net-new.ts')).netNew,
    'net-forward': async () => (await import('./verbs/net-forward.ts')).netForward,
    'net-open': async () => (await import('./verbs/net-open.ts')).netOpen,
    'net-reach': async () => (await import('./verbs/net-reach.ts')).netReach,
    'net-renumber': async () => (await import('./verbs/net-renumber.ts')).netRenumber,
    doctor: async () => (await import('./verbs/doctor.ts')).doctor,
    port: async () => (await import('./verbs/port.ts')).port,
    import: async () => (await import('./verbs/import.ts')).importVerb,
    export: async () => (await import('./verbs/export.ts')).exportVerb,
    'net-autostart': async () => (await import('./verbs/net-autostart.ts')).netAutostart,
    'net-create': async () => (await import('./verbs/net-create.ts')).netCreate,
    'net-define': async () => (await import('./verbs/net-define.ts')).netDefine,
    'net-destroy': async () => (await import('./verbs/net-destroy.ts')).netDestroy,
    'net-dhcp-leases': async () => (await import('./verbs/net-dhcp-leases.ts')).netDhcpLeases,
    'net-dumpxml': async () => (await import('./verbs/net-dumpxml.ts')).netDumpxml,
    'net-edit': async () => (await import('./verbs/net-edit.ts')).netEdit,
    'net-info': async () => (await import('./verbs/net-info.ts')).netInfo,
    'net-list': async () => (await import('./verbs/net-list.ts')).netList,
    'net-name': async () => (await import('./verbs/net-name.ts')).netName,
    'net-start': async () => (await import('./verbs/net-start.ts')).netStart,
    'net-undefine': async () => (await import('./verbs/net-undefine.ts')).netUndefine,
    'net-update': async () => (await import('./verbs/net-update.ts')).netUpdate,
    'net-uuid': async () => (await import('./verbs/net-uuid.ts')).netUuid,
  },
  'Network Filter': {
    'nwfilter-define': async () => (await import('./verbs/nwfilter-define.ts')).nwfilterDefine,
    'nwfilter-dumpxml': async () => (await import('./verbs/nwfilter-dumpxml.ts')).nwfilterDumpxml,
    'nwfilter-edit': async () => (await import('./verbs/nwfilter-edit.ts')).nwfilterEdit,
    'nwfilter-list': async () => (await import('./verbs/nwfilter-list.ts')).nwfilterList,
    'nwfilter-undefine': async () => (await import('./verbs/nwfilter-undefine.ts')).nwfilterUndefine,
    'nwfilter-binding-create': async () => (await import('./verbs/nwfilter-binding-create.ts')).nwfilterBindingCreate,
    'nwfilter-binding-delete': async () => (await import('./verbs/nwfilter-binding-delete.ts')).nwfilterBindingDelete,
    'nwfilter-binding-dumpxml': async () =>
      (await import('./verbs/nwfilter-binding-dumpxml.ts')).nwfilterBindingDumpxml,
    'nwfilter-binding-list': async () => (await import('./verbs/nwfilter-binding-list.ts')).nwfilterBindingList,
  },
  App: {
    serve: async () => (await import('./verbs/serve.ts')).serve,
  },
  Practice: {
    lab: async () => (await import('./verbs/lab.ts')).lab,
  },
};

/** Verbs under their headings. */
export type VerbGroups = Readonly<Record<string, readonly Verb[]>>;

/** Loads those verbs that are wanted by their names. */
export async function loadVerbs(isWanted: (name: string) => boolean): Promise<VerbGroups> {
  const groups: Record<string, readonly Verb[]> = {};
  for (const [heading, verbs] of Object.entries(modules)) {
    const wanted = Object.entries(verbs).filter(([name]) => isWanted(name));
    groups[heading] = await Promise.all(wanted.map(([, load]) => load()));
  }
  return groups;
}
