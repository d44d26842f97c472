import { useInfiniteQuery } from '@tanstack/react-query';
import { CallFailed } from '../../rpc/call-failed.ts';
import { useClient } from '../../rpc/client-context.ts';

const page = 40;

/** The journal's entries, page by page; all pages are read anew when something is added. */
export function useEntries() {
  const client = useClient();
  const answer = useInfiniteQuery({
    queryKey: ['activity.list', 'pages'],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam: before }) => {
      const read = await client.call('activity.list', { limit: page, ...(before !== undefined && { before }) });
      if (!read.ok) throw new CallFailed(read.failure);
      return read.value;
    },
    // A list from memory lacks what was just done: its first Undo would be of something older.
    gcTime: 0,
    getNextPageParam: ({ entries, more }) => (more ? entries.at(-1)?.id : undefined),
  });
  return {
    answer,
    entries: answer.data?.pages.flatMap(({ entries }) => entries) ?? [],
    more: answer.hasNextPage,
    showMore: () => void answer.fetchNextPage(),
  };
}
