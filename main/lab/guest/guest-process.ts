import { readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { usePlainNetwork } from './plain-network.ts';
import { createStation, type Station } from './station.ts';

/** A line from the room to a guest. */
export interface Question {
  readonly id: number;
  readonly method: keyof Station;
  readonly args: readonly unknown[];
}

/** A line from a guest to the room; the first one has the id 0 and tells the guest's process number as the host sees it. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** The part of this program that is a guest: its process is what holds the guest's network namespace. Ends with its standard input. */
export async function beGuest(): Promise<number> {
  // Ctrl-C is for the room to judge; a guest goes when the room does.
  process.on('SIGINT', () => {});
  usePlainNetwork();
  const station = await createStation();
  // /proc is still the host's here: the room puts its own in place only when the guests are there.
  reply({ id: 0, value: Number(readlinkSync('/proc/self')) });
  for await (const line of createInterface({ input: process.stdin })) {
    // Not awaited: a guest may wait for one thing while it does another.
    void answer(station, JSON.parse(line));
  }
  await station.close();
  return 0;
}

async function answer(station: Station, { id, method, args }: Question): Promise<void> {
  try {
    const work = station[method] as (...args: readonly unknown[]) => Promise<unknown>;
    reply({ id, value: await work(...args) });
  } catch (error) {
    reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function reply(answered: Answer): void {
  process.stdout.write(`${JSON.stringify(answered)}\n`);
}
