import koffi from 'koffi';
import { SystemCallError } from '../kernel/rig/libc.ts';

const libc = koffi.load(null);
const writeCall = libc.func('long write(int fd, uint8_t *bytes, unsigned long count)');
const readCall = libc.func('long read(int fd, _Out_ uint8_t *bytes, unsigned long count)');
const clockCall = libc.func('int clock_gettime(int clock, _Out_ uint8_t *timespec)');

const CLOCK_THREAD_CPUTIME_ID = 3;
const timespec = Buffer.alloc(16);

/** Microseconds for which this thread had a processor. */
function processorTime(): number {
  if (clockCall(CLOCK_THREAD_CPUTIME_ID, timespec) !== 0) throw new SystemCallError('clock_gettime', koffi.errno());
  return Number(timespec.readBigInt64LE(0)) * 1e6 + Number(timespec.readBigInt64LE(8)) / 1e3;
}

/**
 * Writes a frame `count` times and returns the microseconds that one write took. The kernel carries a frame to its receivers within the write, so
 * processor time is all of it, and what else runs on the machine is left out.
 */
export function timeWrites(fd: number, frame: Uint8Array, count: number): number {
  const start = processorTime();
  for (let sent = 0; sent < count; sent += 1) writeCall(fd, frame, frame.length);
  return (processorTime() - start) / count;
}

const EAGAIN = 11;
const scratch = Buffer.alloc(2048);

/** Takes every frame from a queue that does not block, and returns how many there were. */
export function drain(fd: number): number {
  for (let frames = 0; ; frames += 1) {
    if (readCall(fd, scratch, scratch.length) >= 0) continue;
    if (koffi.errno() !== EAGAIN) throw new SystemCallError('read', koffi.errno());
    return frames;
  }
}
