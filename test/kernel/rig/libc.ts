import koffi from 'koffi';

/** A libc call that failed; `errno` tells why. */
export class SystemCallError extends Error {
  readonly errno: number;

  constructor(call: string, errno: number) {
    super(`${call} failed with errno ${errno}`);
    this.name = 'SystemCallError';
    this.errno = errno;
  }
}

const libc = koffi.load(null);

// ioctl is variadic in C; declared so, the call is right on every processor's calling convention.
const ioctlCall = libc.func('int ioctl(int fd, unsigned long request, ...)');
const pollCall = libc.func('int poll(_Inout_ uint8_t *fds, unsigned long count, int timeout)');
const setnsCall = libc.func('int setns(int fd, int nstype)');
const unshareCall = libc.func('int unshare(int flags)');

const POLLIN = 0x0001;
const EINTR = 4;

function checked(call: string, result: number): number {
  if (result < 0) throw new SystemCallError(call, koffi.errno());
  return result;
}

/** CLONE_NEWNET of sched.h: a network namespace. */
export const CLONE_NEWNET = 0x4000_0000;

/** ioctl(2) with a buffer that the kernel may write to. */
export function ioctl(fd: number, request: number, argument: Uint8Array): void {
  checked('ioctl', ioctlCall(fd, request, 'uint8_t *', argument));
}

/** ioctl(2) whose argument is a number. */
export function ioctlNumber(fd: number, request: number, argument: number): void {
  checked('ioctl', ioctlCall(fd, request, 'unsigned long', argument));
}

/** Moves the calling thread, and no other, into the namespace that `fd` stands for. */
export function setns(fd: number, kind: number): void {
  checked('setns', setnsCall(fd, kind));
}

/** Gives the calling thread, and no other, a fresh namespace. */
export function unshare(kind: number): void {
  checked('unshare', unshareCall(kind));
}

const pollfd = Buffer.alloc(8);

/** Whether `fd` can be read, waiting at most `timeoutMs` milliseconds for it. */
export function readable(fd: number, timeoutMs: number): boolean {
  pollfd.writeInt32LE(fd, 0);
  pollfd.writeInt16LE(POLLIN, 4);
  pollfd.writeInt16LE(0, 6);
  const ready = pollCall(pollfd, 1, timeoutMs);
  if (ready < 0 && koffi.errno() === EINTR) return false;
  return checked('poll', ready) > 0 && (pollfd.readInt16LE(6) & POLLIN) !== 0;
}
