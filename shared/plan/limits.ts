/** Bounds on what a client may send to the helper; whatever exceeds one is refused, and the connection ends where the frame itself does. */
export const maxFrameBytes = 8 * 1024 * 1024;
/** The helper's replies carry every definition there is, and the client trusts the helper's memory with its own. */
export const maxReplyBytes = 256 * 1024 * 1024;
export const maxDepth = 32;
export const maxStringLength = 262_144;
/** Operations, rules, elements and definitions of one plan together. */
export const maxPlanWeight = 200_000;
export const maxRequestSeconds = 30;
