/** A reason why the machine cannot be made ready, told in words that the user can act on. */
export class SetupError extends Error {}
