/**
 * The steps of an apply, in their order, the last one when nothing else is asked for. After each the helper can be killed, and the next one must
 * find out what stands. `links-silenced`, and those from `links-made` to `links-removed`, come only where networks change,
 * and `nics-plugged` where NICs of others are moved.
 */
export type ApplyStep =
  | 'checked'
  | 'intent-written'
  | 'links-silenced'
  | 'packets-shown'
  | 'loaded'
  | 'read-back'
  | 'links-made'
  | 'forwarding-on'
  | 'addresses-set'
  | 'served'
  | 'nics-plugged'
  | 'links-removed'
  | 'settings-put-back'
  | 'done-written'
  | 'filed';

/** Watches an apply go through its steps. */
export type Step = (step: ApplyStep) => void;
