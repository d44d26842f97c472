import { createHash } from 'node:crypto';
import type { Plan } from '../../shared/plan/plan.ts';

/** Settings under /proc/sys/net that were there before Guestward changed them; null when it has changed none. */
export interface HeldSysctls {
  /** /proc/sys/kernel/random/boot_id: a reboot makes the values void. */
  readonly boot: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What is about to be done, written down before the kernel is touched. */
export interface Intent {
  readonly generation: number;
  /** The boot (see `readBootId`) in which it was begun. */
  readonly boot: string;
  /** What the kernel will show when it was done; null: nothing of ours, for nothing is in force then. */
  readonly marker: string | null;
  readonly plan: Pick<Plan, 'operations' | 'bridgeNetfilter' | 'definitions' | 'networks' | 'plugs'>;
  /** NICs of others that are silent until they are in the bridge that is to have them; those that were down before are none of them. */
  readonly silenced?: readonly string[];
  /** Those of br_netfilter, held once it is done. */
  readonly sysctls: HeldSysctls | null;
  /** Those of forwarding, held once it is done; absent where no network has ever stood. */
  readonly forwarding?: HeldSysctls | null;
}

/** A line of the log. done and dropped are the verdict on the intent of that generation; filed: its definitions are in their files. */
export type LogEntry =
  | { readonly intent: Intent }
  | { readonly done: number }
  | { readonly dropped: number }
  | { readonly filed: number; readonly boot: string }
  /** Settings that were taken hold of without a plan, when everything is brought back. */
  | {
      readonly held: HeldSysctls | null;
      readonly forwarding?: HeldSysctls | null;
      /** The boot in which everything was brought back; absent: not yet. */
      readonly boot?: string;
      readonly generation: number;
    };

const digits = 16;

/** A line that tells whether it is whole: a checksum and the JSON of a value. */
export function writeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

/**
 * The value of a line without its end; undefined where the checksum is wrong. Lines are written by the helper alone into files that are root's,
 * so being cut short is all there is to fear.
 */
export function readLine<T>(line: string): T | undefined {
  const json = line.slice(digits + 1);
  return line.slice(0, digits + 1) === `${checksum(json)} ` ? (JSON.parse(json) as T) : undefined;
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
