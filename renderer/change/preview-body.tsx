import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconUserOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Preview } from '../../shared/rpc/changes.ts';
import { failureOf } from '../rpc/call-failed.ts';
import { useAnswer } from '../rpc/use-answer.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { words } from '../words/words.ts';
import { PreviewDetails } from './preview-details.tsx';

interface PreviewBodyProps {
  readonly preview: Preview;
  /** It is about a text that the person has written. */
  readonly isOfText?: boolean;
  readonly error: Error | null;
  readonly isApplying: boolean;
  readonly onApply: () => void;
  readonly onCancel: () => void;
}

/** A change in words: what happens, whom it interrupts, what it rests on, and the button that does it. */
export function PreviewBody({ preview, isOfText = false, error, isApplying, onApply, onCancel }: PreviewBodyProps) {
  const { title, steps, interrupts, nics, warnings, needsConfirmation } = preview;
  const app = useAnswer('app.describe', {}).data;
  const button = useRef<HTMLButtonElement>(null);
  // The dialog was open before the preview came, and has given the focus to its only button: the one that closes it.
  useEffect(() => button.current?.focus(), []);
  const asks = app?.rights === 'ask' || app?.rights === 'refused';
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {title}
      </Title>
      <List size="sm" spacing={4}>
        {steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      {nics.length > 0 && <Text size="sm">{words.change.nics(nics.length)}</Text>}
      {interrupts.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.change.interruptsNobody}
        </Text>
      ) : (
        <Alert color="yellow" icon={<IconUserOff />} title={words.change.interrupts}>
          <List size="sm">
            {interrupts.map((each) => (
              <List.Item key={each}>{each}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle />}>
          {warnings.map((warning) => (
            <Text key={warning} size="sm">
              {warning}
            </Text>
          ))}
        </Alert>
      )}
      {needsConfirmation && <Alert color="orange">{words.change.confirmHint}</Alert>}
      <PreviewDetails preview={preview} isOfText={isOfText} />
      {error !== null && <FailureNotice failure={failureOf(error)} title={words.change.nothingChanged} />}
      <Group justify="flex-end" gap="sm">
        {asks && (
          <Text size="sm" c="dimmed">
            {words.change.asks}
          </Text>
        )}
        <Button variant="default" onClick={onCancel}>
          {words.change.cancel}
        </Button>
        <Button ref={button} onClick={onApply} loading={isApplying}>
          {words.change.apply}
        </Button>
      </Group>
    </Stack>
  );
}
