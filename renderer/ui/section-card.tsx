import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionCardProps {
  readonly title: string;
  readonly hint: string;
  readonly order: 2 | 3;
  readonly children: ReactNode;
}

/** A part of a screen with a frame, a heading and a sentence that says what it is for. */
export function SectionCard({ title, hint, order, children }: SectionCardProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={order} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {hint}
      </Text>
      {children}
    </Paper>
  );
}
