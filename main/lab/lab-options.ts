/** Places in the lab that a shell can be opened in. */
export type Place = 'g1' | 'g2' | 'lan';

export interface LabOptions {
  /** Opens a shell there instead of the play. */
  readonly shell?: Place | undefined;
  /** Keeps the lab standing after the play until Ctrl-C. */
  readonly hold: boolean;
  /** Opens the app in the lab after the play, which then stands until Ctrl-C. */
  readonly app: boolean;
  /** Prints one JSON document instead of the story. */
  readonly json: boolean;
  /** A stock filter's name or the path of an XML file, to be tried in place of clean-traffic. */
  readonly filter?: string | undefined;
}
