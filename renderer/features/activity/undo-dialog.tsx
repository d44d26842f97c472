import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Preview } from '../../../shared/rpc/changes.ts';
import { PreviewBody } from '../../change/preview-body.tsx';
import { CallFailed } from '../../rpc/call-failed.ts';
import { useClient } from '../../rpc/client-context.ts';
import { readAnswers } from '../../rpc/read-answers.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { useOnce } from '../../rpc/use-once.ts';
import { Answered } from '../../ui/answered.tsx';
import { words } from '../../words/words.ts';

const said = words.activity.changes;

/** An undo does not wait to be kept, so what it could cut off is said as a warning. */
const warned = (preview: Preview): Preview =>
  preview.needsConfirmation
    ? { ...preview, needsConfirmation: false, warnings: [said.cutsOff, ...preview.warnings] }
    : preview;

interface UndoProps {
  readonly id: number;
  readonly onClose: () => void;
}

function Undo({ id, onClose }: UndoProps) {
  const client = useClient();
  const queries = useQueryClient();
  const preview = useAnswer('activity.preview-undo', { id }, { isFresh: true });
  const once = useOnce();
  const undo = useMutation({
    mutationFn: async () => {
      const answer = await client.call('activity.undo', { id });
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value;
    },
    onError: once.failed,
    onSuccess: ({ title, notes }) => {
      void queries.invalidateQueries(readAnswers);
      notifications.show({ color: 'teal', title: words.change.undone, message: [title, ...notes].join('. ') });
      onClose();
    },
  });
  return (
    <Answered answer={preview}>
      {(seen) => (
        <PreviewBody
          preview={warned(seen)}
          error={undo.error}
          isApplying={undo.isPending}
          onApply={() => once.begin() && undo.mutate()}
          onCancel={onClose}
        />
      )}
    </Answered>
  );
}

/** Shows what undoing an entry of the journal would do, and does it when the person agrees. */
export function UndoDialog({ id, onClose }: { readonly id: number | undefined; readonly onClose: () => void }) {
  return (
    <Modal
      opened={id !== undefined}
      onClose={onClose}
      size="lg"
      title={said.dialog}
      closeButtonProps={{ 'aria-label': words.change.cancel }}
    >
      {id !== undefined && <Undo id={id} onClose={onClose} />}
    </Modal>
  );
}
