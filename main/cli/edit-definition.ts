import { editText } from './edit-text.ts';
import { failureText } from './print/failure-text.ts';
import type { Call, Report } from './verb.ts';

const explanation = `y - yes, start editor again
n - no, throw away my changes
f - force, try to redefine again
? - print this help
`;

const thrownAway: Report = {
  ok: false,
  failure: { kind: 'editor', message: 'the changes were thrown away', cure: '' },
};

/** What to do after a text that was refused: virsh's question (libvirt: vshAskReedit). */
async function askAgain({ terminal }: Call): Promise<'y' | 'n' | 'f'> {
  for (;;) {
    const answer = (await terminal.ask('Failed. Try again? [y,n,f,?]: ')).trim().toLowerCase();
    if (answer === 'y' || answer === 'n' || answer === 'f') return answer;
    terminal.write(explanation);
  }
}

export interface Editing {
  readonly name: string;
  readonly before: string;
  /** Said where nothing was changed. */
  readonly unchanged: string;
  define(text: string): Promise<Report>;
}

/** Lets the person edit a definition until it is taken or given up. */
export async function editDefinition(call: Call, { name, before, unchanged, define }: Editing): Promise<Report> {
  let text: string | undefined;
  let mode: 'y' | 'n' | 'f' = 'y';
  for (;;) {
    if (mode === 'y') {
      const edited = await editText(text ?? before, name, call.terminal.environment);
      if (!edited.ok) return edited;
      text = edited.value;
    }
    if (text === undefined || text === before) {
      return { ok: true, text: call.quiet ? '' : unchanged, json: { edited: null } };
    }
    const report = await define(text);
    if (report.ok || !call.terminal.interactive) return report;
    call.terminal.writeError(failureText(report));
    mode = await askAgain(call);
    if (mode === 'n') return thrownAway;
  }
}
