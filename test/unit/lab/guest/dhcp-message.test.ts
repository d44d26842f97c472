import { describe, expect, it } from 'vitest';
import {
  readAck,
  readOffer,
  writeDiscover,
  writeOffer,
  writeRequest,
} from '../../../../main/lab/guest/dhcp-message.ts';

const mac = '52:54:00:77:00:02';
const offer = { server: '10.77.0.11', address: '10.77.0.66', gateway: '10.77.0.11' };

function offered(): Buffer {
  const reply = writeOffer(writeDiscover(7, mac), offer);
  if (!reply) throw new Error('the discover was not answered');
  return reply;
}

describe('DHCP messages', () => {
  it('ask as RFC 2131 says', () => {
    const discover = writeDiscover(0x01020304, mac);
    expect(discover.subarray(0, 12).toString('hex')).toBe('010106000102030400008000');
    expect(discover.subarray(28, 34).toString('hex')).toBe('525400770002');
    expect(discover.subarray(236, 244).toString('hex')).toBe('63825363350101ff');
    expect(discover).toHaveLength(300);
  });

  it('offer what was promised, to who asked', () => {
    expect(offered().subarray(28, 34).toString('hex')).toBe('525400770002');
    expect(readOffer(offered(), 7)).toEqual(offer);
  });

  it('take an offer by naming its server and address', () => {
    const options = writeRequest(7, mac, offer).subarray(240).toString('hex');
    expect(options.slice(0, 6)).toBe('350103');
    expect(options).toContain('36040a4d000b');
    expect(options).toContain('32040a4d0042');
  });

  it("end with the server's word, which an offer is not", () => {
    const acknowledged = Buffer.from(offered()).fill(5, 242, 243);
    expect(readAck(acknowledged, 7)).toEqual(offer);
    expect(readAck(offered(), 7)).toBeUndefined();
  });

  it.each([
    ["another's transaction", () => readOffer(offered(), 8)],
    ['a question', () => readOffer(writeDiscover(7, mac), 7)],
    ['a cut message', () => readOffer(offered().subarray(0, 100), 7)],
    ['a message without the cookie', () => readOffer(Buffer.from(offered()).fill(0, 236, 240), 7)],
    ['an offer as a question', () => writeOffer(offered(), offer)],
  ])('are not read from %s', (_, read) => {
    expect(read()).toBeUndefined();
  });

  it('are read over padding', () => {
    const padded = Buffer.concat([offered().subarray(0, 240), Buffer.alloc(3), offered().subarray(240)]);
    expect(readOffer(padded, 7)).toEqual(offer);
  });
});
