import type { Query } from '@tanstack/react-query';

/** Answers that a change makes stale. What is shown to be acted on is not asked again under one's hand, nor once it has been acted on. */
export const readAnswers = { predicate: ({ meta }: Query): boolean => meta?.['isFresh'] !== true } as const;
