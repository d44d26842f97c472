import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect } from 'react';
import type { Action } from '../../shared/rpc/changes.ts';
import { failureOf } from '../rpc/call-failed.ts';
import { useAnswer } from '../rpc/use-answer.ts';
import { useOnce } from '../rpc/use-once.ts';
import { Answered } from '../ui/answered.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { words } from '../words/words.ts';
import { type Proposal, useChangeStore } from './change-store.ts';
import { PreviewBody } from './preview-body.tsx';
import { useApply } from './use-apply.ts';

function Proposed({ actions, onApplied }: Proposal) {
  const dismiss = useChangeStore((store) => store.dismiss);
  const preview = useAnswer('change.preview', { actions: actions as Action[] }, { isFresh: true });
  const once = useOnce();
  const apply = useApply((applied) => {
    dismiss();
    onApplied?.(applied);
  });
  if (preview.isError && preview.data === undefined) {
    return (
      <Stack gap="md">
        <FailureNotice failure={failureOf(preview.error)} title={words.change.impossible} />
        <Group justify="flex-end">
          <Button variant="default" onClick={dismiss}>
            {words.change.close}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Answered answer={preview}>
      {(seen) => (
        <PreviewBody
          preview={seen}
          isOfText={actions.some(({ action }) => action === 'define-filter' || action === 'define-network')}
          error={apply.error}
          isApplying={apply.isPending}
          onApply={() => {
            if (once.begin())
              apply.mutate({ actions, needsConfirmation: seen.needsConfirmation }, { onError: once.failed });
          }}
          onCancel={dismiss}
        />
      )}
    </Answered>
  );
}

/** Stands once in the app: shows the change that is proposed, before it is made. */
export function ChangeDialog() {
  const { proposal, dismiss } = useChangeStore();
  // Over another screen it would speak of what is not seen any more.
  useEffect(() => {
    addEventListener('hashchange', dismiss);
    return () => removeEventListener('hashchange', dismiss);
  }, [dismiss]);
  return (
    <Modal
      opened={proposal !== undefined}
      onClose={dismiss}
      size="lg"
      title={words.change.whatHappens}
      closeButtonProps={{ 'aria-label': words.change.cancel }}
    >
      {proposal !== undefined && <Proposed {...proposal} />}
    </Modal>
  );
}
