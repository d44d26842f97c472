import { useState } from 'react';

const keyOf = (of: string): string => `guestward draft ${of}`;

/** What was typed and not saved yet; it is there again when one comes back, also after a reload, until the window is closed. */
export interface Draft {
  readonly text: string;
  /** What the editor begins with. */
  readonly begun: string;
  /** Another number is another editor: by what it begins with alone it could not be told from the one before. */
  readonly round: number;
  write(text: string): void;
  /** Takes another text in its place: what was typed is saved, or not wanted. */
  settle(text: string): void;
}

/** @param of what it is a draft of, e.g. `filter no-mail` */
export function useDraft(of: string, saved: string): Draft {
  const [begun, setBegun] = useState(() => sessionStorage.getItem(keyOf(of)) ?? saved);
  const [text, setText] = useState(begun);
  const [round, setRound] = useState(0);
  return {
    text,
    begun,
    round,
    write(next) {
      setText(next);
      if (next === saved) sessionStorage.removeItem(keyOf(of));
      else sessionStorage.setItem(keyOf(of), next);
    },
    settle(next) {
      sessionStorage.removeItem(keyOf(of));
      setText(next);
      setBegun(next);
      setRound(round + 1);
    },
  };
}
