/** What keeps the lab from starting or going on; nothing of it is left behind. */
export type LabFailure =
  | { readonly kind: 'missing-tool'; readonly program: string; readonly debianPackage: string }
  /** `setting`: the kernel setting that forbids it, with its present value; undefined where none explains it. */
  | {
      readonly kind: 'namespaces-forbidden';
      /** Whether it was root who tried. */
      readonly asRoot: boolean;
      readonly setting: NamespaceSetting | undefined;
      readonly detail: string;
      readonly command: string;
    }
  | { readonly kind: 'tool-failed'; readonly doing: string; readonly command: string; readonly detail: string }
  | { readonly kind: 'guest-lost'; readonly guest: string; readonly detail: string }
  | { readonly kind: 'filter-unreadable'; readonly file: string; readonly detail: string }
  | { readonly kind: 'filter-unknown'; readonly name: string }
  | { readonly kind: 'screens-missing' }
  /** The engine said no; `text` is ready to be printed. */
  | { readonly kind: 'engine'; readonly doing: string; readonly text: string };

/** A sysctl whose value `forbids`, and the one that allows. */
export interface NamespaceSetting {
  readonly key: string;
  readonly forbids: string;
  readonly allows: string;
}

/** Carries a failure up from within a set-up step or a play, to where the lab ends and prints it. */
export class LabError extends Error {
  readonly failure: LabFailure;

  constructor(failure: LabFailure) {
    super(formatLabFailure(failure));
    this.name = 'LabError';
    this.failure = failure;
  }
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

/** What happened and what would help, for the terminal. */
export function formatLabFailure(failure: LabFailure): string {
  switch (failure.kind) {
    case 'missing-tool':
      return `${failure.program} is not there. Install it, and start again:\n\n    sudo apt-get install ${failure.debianPackage}`;
    case 'namespaces-forbidden':
      return forbidden(failure);
    case 'tool-failed':
      return `${failure.doing} failed:\n\n${indented(`${failure.command}\n${failure.detail}`.trimEnd())}`;
    case 'guest-lost':
      return `Guest ${failure.guest} has gone: ${failure.detail}`;
    case 'filter-unreadable':
      return `${failure.file} cannot be read: ${failure.detail}`;
    case 'filter-unknown':
      return `There is no stock filter ${failure.name}. Give the name of one, or the path of an XML file.`;
    case 'screens-missing':
      return 'The screens of the app are not built. Build them, and start again:\n\n    npm run build';
    case 'engine':
      return `${failure.doing} failed:\n\n${indented(failure.text)}`;
  }
}

function forbidden({ asRoot, setting, detail, command }: LabFailure & { kind: 'namespaces-forbidden' }): string {
  const because = setting ? ` (${setting.key} is ${setting.forbids})` : '';
  const allow = setting && `sudo sysctl ${setting.key}=${setting.allows}`;
  const paragraphs = asRoot
    ? [
        `The lab needs namespaces of its own, and not even root may make them here${because}.`,
        indented(detail),
        ...(allow
          ? ['Allow it until the system starts again:', indented(allow)]
          : ['A container must be a privileged one.']),
      ]
    : [
        `The lab needs namespaces of its own, and this system lets only root make them${because}.`,
        indented(detail),
        'Run it as root:',
        indented(command),
        ...(allow ? ['Or allow it to users until the system starts again:', indented(allow)] : []),
      ];
  return paragraphs.join('\n\n');
}
