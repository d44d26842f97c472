import { readFileSync } from 'node:fs';

/** A frame as it was written to the bench; `dir` is seen from the guest. */
export interface RecordedFrame {
  readonly dir: 'in' | 'out';
  readonly hex: string;
  readonly note: string;
}

/** A filter bound to a NIC, with the filters to define before it, in their order. */
export interface RecordedBinding {
  readonly name: string;
  readonly filter: string;
  readonly mac: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  readonly filters: Readonly<Record<string, string>>;
}

/** What libvirt did with every frame: one letter each for the base frames, then for the aimed ones. */
export interface RecordedCase extends RecordedBinding {
  readonly aimed: readonly RecordedFrame[];
  readonly verdicts: string;
}

/** A filter that must be refused; `reference_error` is what libvirt said. */
export interface RefusedCase extends RecordedBinding {
  readonly reference_error: string;
}

/** A filter that the documented format allows and libvirt cannot instantiate. */
export interface BeyondCase extends RecordedBinding {
  readonly reference_error: string;
}

function recorded(file: string): string {
  return readFileSync(new URL(`recorded/${file}`, import.meta.url), 'utf8');
}

function lines(file: string): unknown[] {
  return recorded(file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** The frames that every case is tried with. */
export function loadBaseFrames(): readonly RecordedFrame[] {
  return JSON.parse(recorded('base-frames.json')) as RecordedFrame[];
}

/** The cases with a verdict for every frame. */
export function loadRecordedCases(): readonly RecordedCase[] {
  return lines('cases.jsonl') as RecordedCase[];
}

/** The filters that must not load. */
export function loadRefusedCases(): readonly RefusedCase[] {
  return lines('refused.jsonl') as RefusedCase[];
}

/** The filters that load here and do not in libvirt. */
export function loadBeyondCases(): readonly BeyondCase[] {
  return lines('beyond.jsonl') as BeyondCase[];
}

/** The frames of a case in the order of its verdicts: the order matters to connection tracking. */
export function framesOf(recordedCase: RecordedCase, base: readonly RecordedFrame[]): readonly RecordedFrame[] {
  return [...base, ...recordedCase.aimed];
}
