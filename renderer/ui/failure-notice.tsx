import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { formatDiagnostic } from '../../shared/format-diagnostic.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import { UnlockButton } from '../shell/unlock-button.tsx';
import { words } from '../words/words.ts';

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** Why something came to nothing, and what helps: cause, cure, and the places in what was written. */
export function FailureNotice({ failure, title = words.states.failed, onRetry }: FailureNoticeProps) {
  const { kind, message, cure, diagnostics = [], sources = {} } = failure;
  if (kind === 'needs-rights') {
    return (
      <Alert color="blue" icon={<IconLock />} title={words.states.needsRights} role="status">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{message || words.states.needsRightsHint}</Text>
          <UnlockButton />
        </Stack>
      </Alert>
    );
  }
  return (
    // A long line of what was written is scrolled within it.
    <Alert color="red" icon={<IconAlertTriangle />} title={title} role="alert" styles={{ body: { minWidth: 0 } }}>
      <Stack gap="xs" align="flex-start">
        {message !== '' && <Text size="sm">{message}</Text>}
        {cure !== undefined && (
          <Text size="sm" fw={500}>
            {cure}
          </Text>
        )}
        {diagnostics.length > 0 && (
          <Code block w="100%">
            {diagnostics.map((each) => formatDiagnostic(each, sources[each.span.file] ?? '')).join('\n')}
          </Code>
        )}
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {words.states.again}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
