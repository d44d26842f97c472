import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { ioctl, ioctlNumber, readable } from './libc.ts';

/** The guest's end of a TAP device: what a guest would send is written, what it would receive is read. */
export interface Tap {
  readonly name: string;
  readonly fd: number;
  write(frame: Uint8Array): void;
  /** The next frame, or undefined if none comes within `timeoutMs` milliseconds. The bytes hold until the next read. */
  read(timeoutMs: number): Buffer | undefined;
  /** Removes the device. */
  close(): void;
}

// linux/if_tun.h; struct ifreq is a name of 16 bytes, then a union of 24 whose first two are the flags.
const TUNSETIFF = 0x4004_54ca;
const IFF_TAP = 0x0002;
const IFF_NO_PI = 0x1000;
const IFF_VNET_HDR = 0x4000;
const TUNSETOFFLOAD = 0x4004_54d0;
const TUN_F_CSUM = 0x01;
const IFREQ_BYTES = 40;
const IFNAMSIZ = 16;

/**
 * How a hypervisor opens a TAP: header, every frame has a struct virtio_net_hdr of ten bytes before it (linux/virtio_net.h); checksums, the guest takes
 * frames whose checksum is left to it (VIRTIO_NET_F_GUEST_CSUM).
 */
export interface TapOffload {
  readonly header: boolean;
  readonly checksums: boolean;
}

/** Creates the TAP device `name` in the network namespace of the calling thread. */
export function openTap(name: string, offload: TapOffload = { header: false, checksums: false }): Tap {
  if (Buffer.byteLength(name) >= IFNAMSIZ) throw new Error(`"${name}" is too long for a network device`);
  const fd = openSync('/dev/net/tun', constants.O_RDWR | constants.O_NONBLOCK);
  const request = Buffer.alloc(IFREQ_BYTES);
  request.write(name, 0);
  request.writeUInt16LE(IFF_TAP | IFF_NO_PI | (offload.header ? IFF_VNET_HDR : 0), IFNAMSIZ);
  try {
    ioctl(fd, TUNSETIFF, request);
    ioctlNumber(fd, TUNSETOFFLOAD, offload.checksums ? TUN_F_CSUM : 0);
  } catch (error) {
    closeSync(fd);
    throw error;
  }

  const frame = Buffer.alloc(65_536);
  return {
    name,
    fd,
    write(bytes) {
      writeSync(fd, bytes);
    },
    read(timeoutMs) {
      if (!readable(fd, timeoutMs)) return undefined;
      return frame.subarray(0, readSync(fd, frame));
    },
    close() {
      closeSync(fd);
    },
  };
}
