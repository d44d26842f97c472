import type { Engine, EngineOptions } from '../engine/engine.ts';
import type { Outcome } from '../engine/failure.ts';
import { type Request, readCommandLine } from './command-line.ts';
import { diagnosticsText, failureText } from './print/failure-text.ts';
import { jsonText } from './print/json-text.ts';
import type { Terminal } from './terminal.ts';
import type { Call, Report, Verb } from './verb.ts';
import { loadVerbs } from './verbs.ts';

export type OpenEngine = (options: EngineOptions) => Promise<Outcome<Engine>>;

interface Manner {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Says what a verb has to say, and returns the exit status: 0, or 1 for every failure, as with virsh. */
function print(report: Report, terminal: Terminal, { json, quiet }: Manner, verb?: Verb): number {
  if (json) terminal.write(jsonText(report));
  else if (report.ok) terminal.write(report.text);
  // virsh ends every verb that it has begun with an empty line, done or not.
  if (verb?.ofVirsh && !json && !quiet) terminal.write('\n');
  if (!report.ok) terminal.writeError(failureText(report));
  else {
    if (report.warnings !== undefined) terminal.writeError(diagnosticsText(report.warnings, report.sources));
    for (const note of report.notes ?? []) terminal.writeError(`warning: ${note}\n`);
  }
  return report.ok ? 0 : 1;
}

/** Help and suggestions speak of every verb, and nothing else does: a call loads what it names. */
async function readRequest(argv: readonly string[]): Promise<Request> {
  const request = readCommandLine(argv, await loadVerbs((name) => argv.includes(name)));
  return request.ask === 'verb' ? request : readCommandLine(argv, await loadVerbs(() => true));
}

/** Runs one command line to its end. */
export async function run(argv: readonly string[], terminal: Terminal, openEngine: OpenEngine): Promise<number> {
  const request = await readRequest(argv);
  switch (request.ask) {
    case 'help':
      terminal.write(request.text);
      return 0;
    case 'refused':
      return print({ ok: false, failure: request.failure }, terminal, { json: argv.includes('--json'), quiet: true });
    case 'verb': {
      const { verb, values, options, quiet } = request;
      const manner = { json: options['json'] === true, quiet };
      const call: Call = {
        terminal,
        values: [...values.values()].flat(),
        valuesOf: (argument) => values.get(argument) ?? [],
        quiet,
        dryRun: options['dry-run'] === true,
        has: (option) => options[option] !== undefined,
        text: (option) => {
          const value = options[option];
          return typeof value === 'string' ? value : undefined;
        },
        texts: (option) => {
          const value = options[option];
          return Array.isArray(value) ? value : [];
        },
        openEngine: (filters = []) =>
          openEngine({
            environment: terminal.environment,
            filters,
            readOnly: !(verb.changes || verb.writes || options[verb.writesWith ?? ''] === true),
            explain: (message) => terminal.writeError(`${message}\n`),
          }),
      };
      const report = await verb.run(call);
      return typeof report === 'number' ? report : print(report, terminal, manner, verb);
    }
  }
}
