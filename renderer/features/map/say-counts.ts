import { words } from '../../words/words.ts';
import type { GroupCounts } from './map-graph.ts';

/** What many guests have before them, in a few words; what none of them has is left out. */
export function sayCounts({ filtered, open, unknown, trouble }: GroupCounts): readonly string[] {
  const { group } = words.map;
  return [
    ...(filtered > 0 ? [group.filtered(filtered)] : []),
    ...(open > 0 ? [group.open(open)] : []),
    ...(unknown > 0 ? [group.notKnown(unknown)] : []),
    ...(trouble > 0 ? [group.trouble(trouble)] : []),
  ];
}
