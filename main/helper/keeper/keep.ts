import { describeHelperFailure, type HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { Outcome } from '../../../shared/plan/outcome.ts';
import { reconcileAccepts } from '../accepts/reconcile-accepts.ts';
import type { Start } from '../caller.ts';
import { findAbandoned } from '../dnsmasq/find-dnsmasq.ts';
import { send } from '../dnsmasq/stop-dnsmasq.ts';
import { takeLock } from '../lock.ts';
import { noteHealing } from '../note-healing.ts';
import type { Places } from '../places.ts';
import { createAlarm } from './alarm.ts';
import { createLanFollower } from './follow-lans.ts';
import { followProgram } from './follow-program.ts';
import { createHealer } from './healer.ts';
import { readKeeperPid, readWanted, type Wanted, wantedStamp, watchWanted, writeKeeperWords } from './keeper-files.ts';
import { createLinkRounds } from './link-rounds.ts';
import { createPortCloser } from './port-closer.ts';
import { createPortIsolator } from './port-isolator.ts';
import { createPortReturner } from './port-returner.ts';
import { readRulesetChanges } from './read-ruleset-changes.ts';
import { createReflector } from './reflector.ts';
import { createReviver } from './revive-dnsmasq.ts';
import { watchHostRules } from './watch-host-rules.ts';
import { watchOwnRules } from './watch-own-rules.ts';

/** A look at a few files of /proc; what is found is acted on only then. */
const lookMilliseconds = 1000;
/** The helper that started us writes down our number once it has it. */
const patienceMilliseconds = 5000;

/**
 * Looks after rules and started networks as long as there are any and this is their keeper: puts back rules and devices that somebody has taken
 * away, starts a dnsmasq again that has died, puts the accepts back where a program has written the host's rules anew, follows the guests of lan
 * networks, and sees to ports that others plug in and remembers them. Changes to what helpers change too are made under their lock.
 */
export async function keep(places: Places, start: Start): Promise<void> {
  const reviver = createReviver(places);
  const alarm = createAlarm();
  const hostRules = watchHostRules();
  const ownRules = watchOwnRules(alarm.ring);
  const healer = createHealer(places, start, ownRules);
  const report = (error: unknown) => writeKeeperWords(places, String(error));
  const links = createLinkRounds(
    [createPortReturner(places), createPortCloser(places), createPortIsolator(places), createReflector(places, start)],
    report,
  );
  const monitor = followProgram(
    'nft',
    ['monitor'],
    readRulesetChanges((change) => {
      if (change.touchesOthers) hostRules.note();
      ownRules.heard(change);
    }),
    () => {
      hostRules.note();
      ownRules.missed();
    },
  );
  const lans = createLanFollower(report);
  const networks = createReader(places);
  // Whatever was started ends with us.
  process.once('exit', lans.stop);
  watchWanted(places, alarm.ring);
  process.once('SIGTERM', () => process.exit());
  const born = performance.now();
  let isAcceptsDue = false;
  for (; isOurTurn(places, performance.now() - born); await alarm.wait(lookMilliseconds)) {
    const wanted = networks();
    if (wanted === undefined) continue;
    monitor.ensure();
    links.look(wanted);
    await healer.look(wanted).catch(report);
    const now = performance.now();
    lans.follow(wanted);
    const dead = reviver.findDue(wanted, now);
    isAcceptsDue = (await hostRules.haveChanged(now)) || isAcceptsDue;
    if (dead.length === 0 && !isAcceptsDue) continue;
    // A helper at work sees to it itself, or is waited for until the next look.
    const lock = await takeLock(places.state, start, 0);
    if (!lock.ok) continue;
    try {
      if (readKeeperPid(places) !== process.pid) break;
      const current = networks() ?? wanted;
      for (const network of dead) {
        const revived = await reviver.revive(network, current);
        note(places, revived);
        if (revived.ok) recordRevival(places, network, now);
      }
      if (isAcceptsDue) note(places, await reconcileAccepts(current, places.run));
      isAcceptsDue = false;
    } catch (error) {
      writeKeeperWords(places, String(error));
    } finally {
      lock.value.release();
    }
  }
  for (const pid of findAbandoned(places)) send(pid, 'SIGTERM');
  // nft monitor would keep this process alive.
  process.exit();
}

function isOurTurn(places: Places, age: number): boolean {
  const pid = readKeeperPid(places);
  return pid === process.pid || (pid === undefined && age < patienceMilliseconds);
}

/** Reads the networks again only when they were written again. */
function createReader(places: Places): () => Wanted | undefined {
  let stamp: string | undefined;
  let wanted: Wanted | undefined;
  return () => {
    const found = wantedStamp(places);
    if (found !== stamp) wanted = readWanted(places);
    stamp = found;
    return wanted;
  };
}

function recordRevival(places: Places, network: string, noticed: number): void {
  const milliseconds = Math.round(performance.now() - noticed);
  noteHealing(places, {
    what: 'dnsmasq',
    names: [network],
    at: new Date().toISOString(),
    outcome: 'healed',
    milliseconds,
  });
}

function note(places: Places, outcome: Outcome<void, HelperFailure>): void {
  if (!outcome.ok) writeKeeperWords(places, describeHelperFailure(outcome.failure));
}
