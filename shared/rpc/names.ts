import type { EventName, MethodName } from './contract.ts';

/**
 * The contract's names without its schemas, for what may not carry zod: the preload and the screens. A name that is missing here or is not in
 * the contract is an error of types.
 */
const methods: Readonly<Record<MethodName, true>> = {
  'app.describe': true,
  'app.unlock': true,
  'machine.read': true,
  'network.read': true,
  'network.check': true,
  'change.preview': true,
  'change.apply': true,
  'change.confirm': true,
  'activity.list': true,
  'activity.preview-undo': true,
  'activity.undo': true,
  'drops.list': true,
  'drops.follow': true,
  'health.examine': true,
  'settings.export': true,
  'filters.list': true,
  'filters.read': true,
  'filters.check': true,
  'packet.trace': true,
  'packet.allow': true,
  'new-network.propose': true,
};

const events: Readonly<Record<EventName, true>> = {
  'app.changed': true,
  'app.open-file': true,
  'machine.changed': true,
  'machine.traffic': true,
  'activity.added': true,
  'drops.seen': true,
  'change.waiting': true,
  'health.healed': true,
};

export const methodNames = Object.keys(methods) as readonly MethodName[];
export const eventNames = Object.keys(events) as readonly EventName[];
