/** The same program plays three parts, told apart by this variable: unset outside, `room` inside, `guest` in a guest. */
export const roleVariable = 'GUESTWARD_LAB_ROLE';

/** Path of the socket that the process outside keeps open as long as it lives. */
export const lifelineVariable = 'GUESTWARD_LAB_LIFELINE';

/** Arguments, from the program's path on, that start this process once more. */
export function ownCommandLine(): readonly [string, ...string[]] {
  return [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
}
