import type { Emit } from '../../../shared/rpc/contract.ts';
import { readTraffic } from '../../engine/host.ts';

const everyMilliseconds = 1000;

/** Tells about once a second what has passed through every device, beginning at once, until it is ended by what is returned. */
export function watchTraffic(emit: Emit, read: typeof readTraffic = readTraffic): () => void {
  const tell = () => emit('machine.traffic', { at: Date.now(), devices: { ...read() } });
  tell();
  const timer = setInterval(tell, everyMilliseconds);
  // It keeps no process alive that has nothing else to do.
  timer.unref();
  return () => clearInterval(timer);
}
