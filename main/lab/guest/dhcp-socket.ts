import { createSocket, type Socket } from 'node:dgram';

/** RFC 2131 section 4.1. */
export const dhcpServerPort = 67;
export const dhcpClientPort = 68;

export const everybody = '255.255.255.255';

/** Opens one of the two DHCP ports, with the right to broadcast. */
export function openDhcpSocket(port: number, take: (bytes: Buffer) => void): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', take);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '0.0.0.0', () => {
      socket.setBroadcast(true);
      resolve(socket);
    });
  });
}
