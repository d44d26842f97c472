import { useRef } from 'react';

/** What is wished once is done once, however often one presses before it is; after a failure it can be wished again. */
export function useOnce(): { begin(): boolean; readonly failed: () => void } {
  const isBegun = useRef(false);
  return {
    begin() {
      if (isBegun.current) return false;
      isBegun.current = true;
      return true;
    },
    failed() {
      isBegun.current = false;
    },
  };
}
