import type { AppDescription } from '../../shared/rpc/app.ts';
import type { App } from '../app/app.ts';

/** Less than the time for which drops are told to who has asked (`drops.follow`). */
const askAgainMilliseconds = 20_000;

const mayRead = ({ rights }: AppDescription): boolean => rights === 'root' || rights === 'granted';

/** Has drops told while nobody looks at them. Nobody is asked for consent for this: it begins once there is one. Returns what ends it. */
export function followDrops({ handlers, subscribe }: App): () => void {
  let timer: NodeJS.Timeout | undefined;
  const follow = (): void => void handlers['drops.follow']({});
  const look = (app: AppDescription): void => {
    if (timer !== undefined || !mayRead(app)) return;
    follow();
    timer = setInterval(follow, askAgainMilliseconds);
  };
  const unsubscribe = subscribe((event, payload) => {
    if (event === 'app.changed') look(payload as AppDescription);
  });
  void handlers['app.describe']({}).then((app) => app.ok && look(app.value));
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}
