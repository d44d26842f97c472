/** Bounds on what a page may send to the main side. The largest call defines a handful of filters; nothing legitimate comes near. */
export const maxRequestBytes = 4 * 1024 * 1024;
export const maxRequestDepth = 32;
/** Calls of one page that wait for their answers. */
export const maxCallsInFlight = 64;
