import type { Verb } from './verb.ts';
import { attach } from './verbs/attach.ts';
import { detach } from './verbs/detach.ts';
import { lab } from './verbs/lab.ts';
import { nwfilterBindingCreate } from './verbs/nwfilter-binding-create.ts';
import { nwfilterBindingDelete } from './verbs/nwfilter-binding-delete.ts';
import { nwfilterBindingDumpxml } from './verbs/nwfilter-binding-dumpxml.ts';
import { nwfilterBindingList } from './verbs/nwfilter-binding-list.ts';
import { nwfilterDefine } from './verbs/nwfilter-define.ts';
import { nwfilterDumpxml } from './verbs/nwfilter-dumpxml.ts';
import { nwfilterEdit } from './verbs/nwfilter-edit.ts';
import { nwfilterList } from './verbs/nwfilter-list.ts';
import { nwfilterUndefine } from './verbs/nwfilter-undefine.ts';
import { restore } from './verbs/restore.ts';
import { status } from './verbs/status.ts';
import { trace } from './verbs/trace.ts';

/** All verbs in the order of the help, under the headings that they stand under there. */
export const verbGroups: Readonly<Record<string, readonly Verb[]>> = {
  NIC: [attach, detach, status, trace, restore],
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
