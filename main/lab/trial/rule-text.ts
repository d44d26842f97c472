/** The rule that begins on `line` (from 1) of a filter's XML, without the indentation that its lines share. */
export function ruleText(xml: string, line: number): string {
  const lines = xml.split('\n').slice(line - 1);
  const last = lines.findIndex((text, index) => text.includes('</rule>') || (index === 0 && isWhole(text)));
  const rule = lines.slice(0, last + 1);
  const margin = Math.min(...rule.filter((text) => text.trim() !== '').map((text) => text.search(/\S/)));
  return rule.map((text) => text.slice(margin).trimEnd()).join('\n');
}

const isWhole = (text: string): boolean => /<rule\b[^>]*\/>/.test(text);
