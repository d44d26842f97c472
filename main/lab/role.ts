/** The same program plays three parts, told apart by this variable: unset outside, `room` inside, `guest` in a guest. */
export const roleVariable = 'GUESTWARD_LAB_ROLE';

/** Path of the socket that the process outside keeps open as long as it lives. */
export const lifelineVariable = 'GUESTWARD_LAB_LIFELINE';

/** The program, with its first arguments, that enters the lab from another terminal. */
export const enterVariable = 'GUESTWARD_LAB_ENTER';

/** Where the app's server listens in the room, and the port outside that leads there: `PORT:PATH`. Unset: no app is wanted. */
export const appVariable = 'GUESTWARD_LAB_APP';

/** All that one part of the lab tells another by its environment. */
export const labVariables: readonly string[] = [roleVariable, lifelineVariable, enterVariable, appVariable];

/** Arguments, from the program's path on, that start this process once more. */
export function ownCommandLine(): readonly [string, ...string[]] {
  return [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
}
