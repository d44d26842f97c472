import { formatMac } from '../../../shared/net/mac.ts';
import type { ExplainedStep, RulePlace, Trace } from '../../engine/trace.ts';

const width = 80;
const colours = { accept: 32, drop: 31, reject: 33, faint: 2 } as const;

type RuleStep = Extract<ExplainedStep, { step: 'rule' }>;

/** The file without its folder: filters of one name do not exist twice. */
const placeText = ({ file, line }: RulePlace): string => `${file.split('/').at(-1)}:${line}`;

function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

interface Layout {
  readonly placeWidth: number;
  paint(text: string, colour: keyof typeof colours): string;
}

const actionWidth = 'continue'.length;

function ruleLine(step: RuleStep, depth: number, { placeWidth, paint }: Layout): string {
  const indent = '  '.repeat(depth);
  const mark = step.matched ? 'yes' : 'no ';
  const head = `${indent}${placeText(step).padEnd(placeWidth)}  ${step.action.padEnd(actionWidth)}  ${mark}  `;
  const line = `${head}${wrap(step.because, head.length)}`;
  if (!step.matched) return paint(line, 'faint');
  return step.action in colours ? paint(line, step.action as keyof typeof colours) : line;
}

/** The lines that a step takes at its depth. */
function stepLines(step: ExplainedStep, depth: number, layout: Layout): readonly string[] {
  const indent = '  '.repeat(depth);
  switch (step.step) {
    case 'enter':
      return [`${indent}${step.layer === 'packets' ? `rules on ${step.chain} packets` : `chain ${step.chain}`}`];
    case 'skip':
      return [layout.paint(`${indent}chain ${step.chain} is passed by: ${step.because}`, 'faint')];
    case 'leave':
      return step.how === 'return' ? [] : [layout.paint(`${indent}end of ${step.chain}`, 'faint')];
    case 'rule':
      return [ruleLine(step, depth, layout)];
  }
}

/** The path as lines; what is in a chain stands two columns further in. */
function pathLines(path: readonly ExplainedStep[], layout: Layout): readonly string[] {
  const lines: string[] = [];
  let depth = 0;
  for (const step of path) {
    lines.push(...stepLines(step, depth, layout));
    if (step.step === 'enter') depth += 1;
    if (step.step === 'leave') depth -= 1;
  }
  return lines;
}

function verdictText({ verdict, decidedBy, malformed }: Trace): string {
  if (malformed) return `${verdict} by the kernel, before any rule: no bridge forwards such a frame`;
  if (decidedBy === undefined) return `${verdict}, for no rule decided`;
  return `${verdict} by ${decidedBy.filter}, ${decidedBy.file}:${decidedBy.line}`;
}

const macAt = (frame: Uint8Array, offset: number): string =>
  formatMac(frame.subarray(offset, offset + 6).reduce((mac, byte) => (mac << 8n) | BigInt(byte), 0n));

/** A trace for the terminal: the verdict, the frame, then every chain and rule that was looked at. */
export function traceText(trace: Trace, inColour: boolean): string {
  const { path, frame, summary, direction, connection, verdict } = trace;
  const rules = path.filter((step): step is RuleStep => step.step === 'rule');
  const paint = (text: string, colour: keyof typeof colours): string =>
    inColour ? `\u001B[${colours[colour]}m${text}\u001B[0m` : text;
  const layout = { placeWidth: Math.max(0, ...rules.map((rule) => placeText(rule).length)), paint };
  const way = direction === 'out' ? 'sent by the guest' : 'sent to the guest';
  const state = connection.direction === 'reply' ? `${connection.state}, a reply` : connection.state;
  const lines = [
    paint(verdictText(trace), verdict),
    `  ${wrap(`${summary}, ${way}`, 2)}`,
    `  ${macAt(frame, 6)} > ${macAt(frame, 0)}, ${frame.length} bytes, ${state}`,
    '',
    ...pathLines(path, layout),
  ];
  return `${lines.join('\n')}\n`;
}

/** A trace for programs. */
export function traceJson({ frame, ...trace }: Trace): unknown {
  return { ...trace, frame: Buffer.from(frame).toString('hex') };
}
