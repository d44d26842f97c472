/** A wait that can be cut short. */
export interface Alarm {
  /** Ends the wait that is going on, or the next one. */
  ring(): void;
  wait(milliseconds: number): Promise<void>;
}

export function createAlarm(): Alarm {
  let isRung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      isRung = true;
      wake?.();
    },
    async wait(milliseconds) {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      isRung = false;
    },
  };
}
