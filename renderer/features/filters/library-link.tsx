import { Anchor } from '@mantine/core';
import { routeTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';

/** The way back from a filter to all of them. */
export function LibraryLink() {
  return (
    <Anchor size="sm" href={routeTo(['filters'])}>
      {words.filters.back}
    </Anchor>
  );
}
