import { run } from '../../../main/cli/run.ts';
import type { Terminal } from '../../../main/cli/terminal.ts';
import type { Engine } from '../../../main/engine/engine.ts';
import { engineDouble } from './engine-double.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A command line, typed at a terminal that is none, to one engine. */
export function cliDouble(engine: Engine = engineDouble(), answers: readonly string[] = []) {
  const waiting = [...answers];
  return async (argv: readonly string[], environment: Terminal['environment'] = {}): Promise<Ran> => {
    let out = '';
    let err = '';
    const terminal: Terminal = {
      environment,
      colour: false,
      interactive: answers.length > 0,
      write: (text) => (out += text),
      writeError: (text) => (err += text),
      async ask(question) {
        out += question;
        return waiting.shift() ?? 'n';
      },
    };
    const status = await run(argv, terminal, async () => ({ ok: true, value: engine }));
    return { status, out, err };
  };
}
