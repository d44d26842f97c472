import type { Verb } from './verb.ts';
import { attach } from './verbs/attach.ts';
import { detach } from './verbs/detach.ts';
import { doctor } from './verbs/doctor.ts';
import { exportVerb } from './verbs/export.ts';
import { importVerb } from './verbs/import.ts';
import { lab } from './verbs/lab.ts';
import { netAutostart } from './verbs/net-autostart.ts';
import { netCreate } from './verbs/net-create.ts';
import { netDefine } from './verbs/net-define.ts';
import { netDestroy } from './verbs/net-destroy.ts';
import { netDhcpLeases } from './verbs/net-dhcp-leases.ts';
import { netDumpxml } from './verbs/net-dumpxml.ts';
import { netEdit } from './verbs/net-edit.ts';
import { netForward } from './verbs/net-forward.ts';
import { netInfo } from './verbs/net-info.ts';
import { netList } from './verbs/net-list.ts';
import { netName } from './verbs/net-name.ts';
import { netNew } from './verbs/net-new.ts';
import { netOpen } from './verbs/net-open.ts';
import { netReach } from './verbs/net-reach.ts';
import { netRenumber } from './verbs/net-renumber.ts';
import { netStart } from './verbs/net-start.ts';
import { netUndefine } from './verbs/net-undefine.ts';
import { netUpdate } from './verbs/net-update.ts';
import { netUuid } from './verbs/net-uuid.ts';
import { nwfilterBindingCreate } from './verbs/nwfilter-binding-create.ts';
import { nwfilterBindingDelete } from './verbs/nwfilter-binding-delete.ts';
import { nwfilterBindingDumpxml } from './verbs/nwfilter-binding-dumpxml.ts';
import { nwfilterBindingList } from './verbs/nwfilter-binding-list.ts';
import { nwfilterDefine } from './verbs/nwfilter-define.ts';
import { nwfilterDumpxml } from './verbs/nwfilter-dumpxml.ts';
import { nwfilterEdit } from './verbs/nwfilter-edit.ts';
import { nwfilterList } from './verbs/nwfilter-list.ts';
import { nwfilterUndefine } from './verbs/nwfilter-undefine.ts';
import { port } from './verbs/port.ts';
import { restore } from './verbs/restore.ts';
import { status } from './verbs/status.ts';
import { trace } from './verbs/trace.ts';

/** All verbs in the order of the help, under the headings that they stand under there. */
export const verbGroups: Readonly<Record<string, readonly Verb[]>> = {
  NIC: [attach, detach, status, trace, restore],
  Network: [
    netNew,
    netForward,
    netOpen,
    netReach,
    netRenumber,
    doctor,
    port,
    importVerb,
    exportVerb,
    netAutostart,
    netCreate,
    netDefine,
    netDestroy,
    netDhcpLeases,
    netDumpxml,
    netEdit,
    netInfo,
    netList,
    netName,
    netStart,
    netUndefine,
    netUpdate,
    netUuid,
  ],
  'Network Filter': [
    nwfilterDefine,
    nwfilterDumpxml,
    nwfilterEdit,
    nwfilterList,
    nwfilterUndefine,
    nwfilterBindingCreate,
    nwfilterBindingDelete,
    nwfilterBindingDumpxml,
    nwfilterBindingList,
  ],
  Practice: [lab],
};

export const verbs: readonly Verb[] = Object.values(verbGroups).flat();
