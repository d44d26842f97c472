import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconcileDnsmasq } from '../../../main/helper/dnsmasq/reconcile-dnsmasq.ts';
import { writeDiscover } from '../../../main/lab/guest/dhcp-message.ts';
import { concat, internetChecksum, uint } from '../../frames/bytes.ts';
import { type Ends, ipPacket, pseudoHeader } from '../../frames/ip.ts';
import { ethernetFrame, etherType } from '../../frames/link.ts';
import { runTool } from '../rig/run-tool.ts';
import { openTap, type Tap, type TapOffload } from '../rig/tap.ts';
import { createDnsmasqRig, type DnsmasqRig, networkOn } from './dnsmasq-rig.ts';

const broadcast = 0xffff_ffff_ffffn;
const needsChecksum = 1;
const guestMac = '52:54:00:00:00:01';
const home = networkOn('gwb1', {
  ranges: [{ family: 'ipv4', low: '10.71.0.100', high: '10.71.0.200', prefix: 24 }],
});

let rig: DnsmasqRig;
let tap: Tap | undefined;

beforeEach(async () => {
  rig = createDnsmasqRig();
  rig.addBridge('gwb1', '10.71.0.1/24');
  expect(await reconcileDnsmasq(rig.places, new Map([['home', home]]))).toMatchObject({ ok: true });
});

afterEach(async () => {
  tap?.close();
  tap = undefined;
  await reconcileDnsmasq(rig.places, new Map());
  rig.destroy();
});

/** A DHCPDISCOVER in a frame; without `broadcast` the answer comes to the guest's own MAC address (RFC 2131, section 4.1). */
function discover(wantsBroadcast: boolean): Uint8Array {
  const message = writeDiscover(7, guestMac);
  if (!wantsBroadcast) message.writeUInt16BE(0, 10);
  const ends: Ends = { family: 'ipv4', source: 0n, destination: 0xffff_ffffn };
  // A UDP checksum of 0 is none (RFC 768).
  const datagram = concat(uint(68, 2), uint(67, 2), uint(8 + message.length, 2), uint(0, 2), message);
  const source = BigInt(`0x${guestMac.replaceAll(':', '')}`);
  return ethernetFrame({ source, destination: broadcast }, etherType.ipv4, ipPacket(ends, 17, datagram));
}

interface Offer {
  /** Flags of the struct virtio_net_hdr; undefined where the TAP has none. */
  readonly flags: number | undefined;
  readonly asRead: 'whole' | 'wrong';
  /** With what the header asks the guest to do. */
  readonly asFinished: 'whole' | 'wrong';
}

const headerBytes = 10;
const ipAt = 14;
const udpAt = ipAt + 20;

function checksumOf(frame: Uint8Array): 'whole' | 'wrong' {
  const view = Buffer.from(frame);
  const ends: Ends = {
    family: 'ipv4',
    source: BigInt(view.readUInt32BE(ipAt + 12)),
    destination: BigInt(view.readUInt32BE(ipAt + 16)),
  };
  const datagram = view.subarray(udpAt, udpAt + view.readUInt16BE(udpAt + 4));
  return internetChecksum(concat(pseudoHeader(ends, 17, datagram.length), datagram)) === 0 ? 'whole' : 'wrong';
}

/** What virtio's flag NEEDS_CSUM asks for: the sum of all that follows csum_start, at csum_offset behind it. */
function finish(header: Buffer, frame: Buffer): Buffer {
  if (header.readUInt8(0) !== needsChecksum) return frame;
  const [start, offset] = [header.readUInt16LE(6), header.readUInt16LE(8)];
  const finished = Buffer.from(frame);
  finished.writeUInt16BE(internetChecksum(frame.subarray(start)), start + offset);
  return finished;
}

/** Plugs a TAP in as a hypervisor does, asks for an address, and looks at the DHCPOFFER. */
function ask(offload: TapOffload, wantsBroadcast: boolean): Offer {
  tap = openTap('tap0', offload);
  runTool('/usr/sbin/ip', ['link', 'set', 'dev', 'tap0', 'master', 'gwb1', 'up']);
  const header = offload.header ? headerBytes : 0;
  tap.write(concat(new Uint8Array(header), discover(wantsBroadcast)));
  for (let read = tap.read(5000); read !== undefined; read = tap.read(5000)) {
    const frame = read.subarray(header);
    const isOffer =
      frame.readUInt16BE(12) === etherType.ipv4 && frame[ipAt + 9] === 17 && frame.readUInt16BE(udpAt) === 67;
    if (!isOffer) continue;
    return {
      flags: offload.header ? read.readUInt8(0) : undefined,
      asRead: checksumOf(frame),
      asFinished: checksumOf(finish(read, frame)),
    };
  }
  throw new Error('nobody has offered an address');
}

describe.each([
  ['to everybody', true],
  ['to the guest alone', false],
])('an offer of DHCP %s', (_, wantsBroadcast) => {
  it.each([
    ['that is nothing but frames', { header: false, checksums: false }, undefined],
    ['whose guest finishes no checksums', { header: true, checksums: false }, 0],
  ])('has a whole checksum on a TAP %s', (__, offload, flags) => {
    expect(ask(offload, wantsBroadcast)).toEqual({ flags, asRead: 'whole', asFinished: 'whole' });
  });

  it('is marked as to be finished on a TAP whose guest has said that it does that', () => {
    const offer = ask({ header: true, checksums: true }, wantsBroadcast);
    expect(offer).toEqual({ flags: needsChecksum, asRead: 'wrong', asFinished: 'whole' });
  });
});
