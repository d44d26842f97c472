import type { Station } from '../guest/station.ts';
import { patience } from './play.ts';

/** Which of several machines gets a datagram with this text; undefined if none does in time. */
export async function firstReader<Name extends string>(
  text: string,
  machines: Readonly<Record<Name, Station>>,
): Promise<Name | undefined> {
  const names = Object.keys(machines) as Name[];
  return await new Promise((resolve) => {
    const waits = names.map(async (name) => {
      if ((await machines[name].receive(text, patience)) !== undefined) resolve(name);
    });
    void Promise.all(waits).then(() => resolve(undefined));
  });
}
