import { connect } from 'node:net';
import { lifelineVariable } from '../role.ts';

/**
 * Ends the lab. As process 1 of its namespace it takes all others with it, and with the last process go the network
 * and mount namespaces: nothing is left to be taken down.
 */
export function endWith(status: number): never {
  process.exit(status);
}

/** Says a line to whoever is outside. */
export type TellOutside = (line: string) => void;

/** Takes up the lifeline that the process outside holds, and calls `end` when it breaks. To be done before /run is replaced. */
export function takeUpLifeline(end: () => void): Promise<TellOutside> {
  return new Promise((resolve) => {
    const socket = connect(process.env[lifelineVariable] ?? '', () => resolve((line) => socket.write(`${line}\n`)));
    socket.on('error', end).on('close', end);
  });
}
