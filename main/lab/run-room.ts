import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import { LabError } from './failure.ts';
import type { LabOptions } from './lab-options.ts';
import { allPlays } from './plays/all-plays.ts';
import { createJsonReporter } from './report/json-reporter.ts';
import type { Reporter } from './report/reporter.ts';
import { styleFor } from './report/style.ts';
import { createTerminalReporter } from './report/terminal-reporter.ts';
import { endWith, takeUpLifeline } from './room/ending.ts';
import { openShell, waysIn } from './room/enter-guest.ts';
import { makePrivateMounts, mountOwnProc, runFolder, stateFolder } from './room/private-mounts.ts';
import { buildRoom, type Room, startMachines } from './room/room.ts';
import { serveApp } from './room/serve-app.ts';
import { thingsToTry } from './room/things-to-try.ts';
import { demand } from './trial/demand.ts';
import { createGuard, type Guard, readFilterFile } from './trial/guard.ts';
import { runPlays } from './trial/run-plays.ts';
import { surprises } from './trial/trial.ts';

const defaultFilter = 'clean-traffic';

interface Stage {
  readonly room: Room;
  readonly guard: Guard;
  readonly reporter: Reporter;
}

const print = (text: string): void => {
  process.stdout.write(text);
};

/** The part of this program that is the lab's host: builds the room, then plays or opens a shell. Returns the exit status. */
export async function runRoom(options: LabOptions): Promise<number> {
  // In a process that is number 1 of its namespace, a signal without a handler does nothing.
  let onInterrupt: () => void = () => endWith(130);
  process.on('SIGINT', () => onInterrupt());
  process.on('SIGTERM', () => endWith(143)).on('SIGHUP', () => endWith(129));
  const tellOutside = await takeUpLifeline(() => endWith(143));

  const reporter = createReporter(options);
  reporter.buildingRoom();
  await makePrivateMounts();
  const machines = await startMachines();
  await mountOwnProc();
  const engine = await openLabEngine();
  const room = await buildRoom(machines, engine);
  const guard = createGuard(engine);
  const filter = await chosenFilter(options, guard);
  reporter.roomStands();

  if (options.shell) {
    // Ctrl-C is the shell's while it is open.
    onInterrupt = () => {};
    await guard.put(filter);
    print(`${filter} is on g1's card. Worth a try in ${options.shell}:\n\n${thingsToTry(options.shell)}\n`);
    return await openShell(room, options.shell);
  }

  reporter.playBegins(filter);
  const status = await play(options, filter, { room, guard, reporter });
  if (options.hold || options.app) {
    await guard.put(filter);
    const say = options.json ? (text: string) => void process.stderr.write(text) : print;
    if (options.app) await serveApp({ say, tellOutside, ended: () => endWith(1) });
    say(`\nThe lab stands until Ctrl-C, with ${filter} on g1's card. To enter it:\n\n${waysIn(room)}`);
    await new Promise<void>((resolve) => {
      onInterrupt = resolve;
    });
  }
  return status;
}

async function play({ filter: own }: LabOptions, filter: string, stage: Stage): Promise<number> {
  const { reporter } = stage;
  const results = await runPlays(
    { plays: allPlays, filter, withPracticeFilters: own === undefined },
    { ...stage, audience: reporter },
  );
  // What a filter of the user's own ought to do, the user knows.
  const wrong = own === undefined ? results.flatMap(surprises) : [];
  reporter.ended(results, wrong);
  return wrong.length === 0 ? 0 : 1;
}

async function openLabEngine(): Promise<Engine> {
  const environment = { ...process.env, GUESTWARD_STATE_DIR: stateFolder, GUESTWARD_RUN_DIR: runFolder };
  return await demand('Starting Guestward in the lab', openEngine({ environment }));
}

/** The name of the filter to be tried, taken in if it is a file. */
async function chosenFilter({ filter }: LabOptions, guard: Guard): Promise<string> {
  if (filter === undefined) return defaultFilter;
  const isFile = filter.includes('/') || filter.endsWith('.xml');
  if (isFile) return await guard.define(readFilterFile(filter), filter);
  if (!guard.knows(filter)) throw new LabError({ kind: 'filter-unknown', name: filter });
  return filter;
}

function createReporter({ json }: LabOptions): Reporter {
  if (json) return createJsonReporter(print);
  return createTerminalReporter(print, styleFor(process.stdout.isTTY, process.env));
}
