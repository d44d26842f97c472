import { notifications } from '@mantine/notifications';
import { useHappening } from '../rpc/use-happening.ts';
import { words } from '../words/words.ts';

/** Says at once when another program took something away, and what became of it. */
export function HealedNotices(): null {
  useHappening('health.healed', ({ what, names, program, outcome }) => {
    notifications.show({
      title: words.healed.title[outcome],
      message: words.healed.message(words.healed.what(what, names), program),
      color: outcome === 'healed' ? 'teal' : 'red',
    });
  });
  return null;
}
