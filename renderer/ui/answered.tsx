import { Center, Loader, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failureOf } from '../rpc/call-failed.ts';
import { words } from '../words/words.ts';
import { FailureNotice } from './failure-notice.tsx';

interface AnsweredProps<T> {
  readonly answer: UseQueryResult<T>;
  readonly children: (value: T) => ReactNode;
}

/** Shows an answer once it is there, and until then, or instead, that it is awaited or why there is none. */
export function Answered<T>({ answer, children }: AnsweredProps<T>) {
  if (answer.data !== undefined) return children(answer.data);
  if (answer.isError) {
    return <FailureNotice failure={failureOf(answer.error)} onRetry={() => void answer.refetch()} />;
  }
  return (
    <Center mih={160} role="status">
      <Loader type="dots" aria-hidden />
      <VisuallyHidden>{words.states.loading}</VisuallyHidden>
    </Center>
  );
}
