import { Modal } from '@mantine/core';
import type { Action } from '../../shared/rpc/changes.ts';
import { useAnswer } from '../rpc/use-answer.ts';
import { Answered } from '../ui/answered.tsx';
import { words } from '../words/words.ts';
import { type Proposal, useChangeStore } from './change-store.ts';
import { PreviewBody } from './preview-body.tsx';
import { useApply } from './use-apply.ts';

function Proposed({ actions, onApplied }: Proposal) {
  const dismiss = useChangeStore((store) => store.dismiss);
  const preview = useAnswer('change.preview', { actions: actions as Action[] });
  const apply = useApply((applied) => {
    dismiss();
    onApplied?.(applied);
  });
  return (
    <Answered answer={preview}>
      {(seen) => (
        <PreviewBody
          preview={seen}
          isOfText={actions.some(({ action }) => action === 'define-filter' || action === 'define-network')}
          error={apply.error}
          isApplying={apply.isPending}
          onApply={() => apply.mutate({ actions, needsConfirmation: seen.needsConfirmation })}
          onCancel={dismiss}
        />
      )}
    </Answered>
  );
}

/** Stands once in the app: shows the change that is proposed, before it is made. */
export function ChangeDialog() {
  const { proposal, dismiss } = useChangeStore();
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
