const name = 'gw_[a-z0-9_]+';
const place = '(?:bridge|inet) guestward';
const comment = ' comment "[A-Za-z0-9 _.:/#+-]{1,96}"';
/** What a rule is called in the log is what its comment is. */
const log =
  'limit rate 10/second burst 20 packets(?: log prefix "[A-Za-z0-9 _.:/#+-]{1,96}" group 264(?:8[789]|90) snaplen 160 queue-threshold 1){4}';
const device = '"[A-Za-z0-9][A-Za-z0-9_.-]{0,14}"';
/**
 * No semicolon, no backslash, no dollar, no parenthesis: nothing that ends a rule or starts something else. Quotation marks stand around a device,
 * brackets around an IPv6 address.
 */
const words = `(?:[A-Za-z0-9 _.:,@&=!<{}-]|(?<=[io]ifname (?:==|!=) )${device}|\\[[0-9a-f:.]+\\])+`;
const element = `(?:${device}|[0-9a-fx:.]+)[a-z0-9 _.:]*(?: : (?:goto gw_[a-z0-9_]+|0x[0-9a-f]+))?`;

const lines = [
  `(?:add|delete) table ${place}`,
  `add chain ${place} ${name}(?: \\{ type (?:filter|nat) hook (?:prerouting|input|forward|output|postrouting) priority -?\\d+; policy accept; \\})?`,
  `(?:delete|flush) chain ${place} ${name}`,
  `delete set ${place} ${name}`,
  `add (?:set|map) ${place} ${name} \\{ (?:type|typeof) [a-z0-9 _.,:@]+;(?: flags dynamic; size 65535;)? \\}`,
  `add rule ${place} ${name} (?:${words})?(?:${log})?(?:${comment})?`,
  `(?:add|delete) element ${place} ${name} \\{ ${element}(?:,| \\})`,
  `${element}(?:,| \\})`,
  // The writer's own elements.
  `add element ${place} gw_same_bytes \\{ (?:0x[0-9a-f]+ \\. 0x[0-9a-f]+(?:, | \\}))+`,
  'add element bridge guestward gw_generation \\{ 0x[0-9a-f]+ comment "[0-9]+ [0-9a-f]+" \\}',
  'delete element bridge guestward gw_generation \\{ 0x[0-9a-f]+(?:, 0x[0-9a-f]+)* \\}',
].map((line) => new RegExp(`^${line}$`));

/** The lines of an nft text that are not of the writer's own making, or name something that is not Guestward's. */
export function foreignLines(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => !lines.some((own) => own.test(line)) || namesForeign(line));
}

function namesForeign(line: string): boolean {
  const bare = line.replaceAll(/ (?:comment|log prefix) "[^"]*"/g, '');
  const sets = [...bare.matchAll(/@(\S+)/g)].map(([, target = '']) => target.replace(/[;,]$/, ''));
  const chains = [...bare.matchAll(/\b(?:jump|goto) (\S+)/g)].map(([, target = '']) => target.replace(/,$/, ''));
  const isOwn = (target: string) => /^gw_[a-z0-9_]+$/.test(target);
  const isRaw = (target: string) => /^(?:ll|nh|th),\d+,\d+$/.test(target);
  return !sets.every((target) => isOwn(target) || isRaw(target)) || !chains.every(isOwn);
}
