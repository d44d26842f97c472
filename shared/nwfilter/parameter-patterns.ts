/** What names a variable, and what can be a value of one (libvirt: nwfilterparameter in its schema). */
export const parameterNamePattern = /^[A-Za-z0-9_]+$/;
export const parameterValuePattern = /^[A-Za-z0-9_.:]+$/;
