/** The steps of an apply, in their order, the last one when nothing else is asked for. After each the helper can be killed, and the next one must find out what stands. */
export type ApplyStep =
  | 'checked'
  | 'intent-written'
  | 'packets-shown'
  | 'loaded'
  | 'read-back'
  | 'settings-put-back'
  | 'done-written'
  | 'filed';

/** Watches an apply go through its steps. */
export type Step = (step: ApplyStep) => void;
