import type { Finding } from '../../engine/examine.ts';
import { count } from '../../engine/words/join-words.ts';

const words: Readonly<Record<Finding['severity'], string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Findings by network, each with where it was found and what helps. */
export function doctorText(
  networks: readonly { readonly name: string; readonly active: boolean }[],
  findings: readonly Finding[],
): string {
  if (networks.length === 0) return 'There are no networks to look at.\n';
  return networks.map((network) => networkText(network, findings)).join('\n');
}

/** Whether anything has to be done. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === 'info');
}

function networkText(
  { name, active }: { readonly name: string; readonly active: boolean },
  findings: readonly Finding[],
): string {
  const own = findings.filter(({ network }) => network === name);
  const ailments = own.filter(({ severity }) => severity !== 'info').length;
  const state = ailments > 0 ? count(ailments, 'finding') : active ? 'healthy' : 'not started, nothing in its way';
  return [`Network ${name}: ${state}\n`, ...own.map(findingText)].join('');
}

function findingText({ severity, what, culprit, cure, manual }: Finding): string {
  const lines = [`  ${words[severity]}: ${what}`];
  if (culprit !== undefined)
    lines.push(`    at: ${culprit.place}${culprit.rule === undefined ? '' : `: ${culprit.rule}`}`);
  if (cure !== undefined) lines.push(`    cure (--fix): ${cure.sentence}`);
  if (manual !== undefined) lines.push(`    ${manual}`);
  return `${lines.map(harmless).join('\n')}\n`;
}

/** Comments, and what dnsmasq says, are others' words: nothing in them may steer the terminal. */
function harmless(line: string): string {
  return line.replace(/\p{C}/gu, '?');
}
