import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PreviewBody } from '../../change/preview-body.tsx';
import { CallFailed } from '../../rpc/call-failed.ts';
import { useClient } from '../../rpc/client-context.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { Answered } from '../../ui/answered.tsx';
import { words } from '../../words/words.ts';

function Undoing({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const preview = useAnswer('activity.preview-undo', { id });
  const undo = useMutation({
    mutationFn: async () => {
      const answer = await client.call('activity.undo', { id });
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value;
    },
    onSuccess: ({ title }) => {
      void queries.invalidateQueries();
      notifications.show({ color: 'teal', title: words.activity.changes.isUndone, message: title });
      onClose();
    },
  });
  return (
    <Answered answer={preview}>
      {(seen) => (
        <PreviewBody
          preview={seen}
          error={undo.error}
          isApplying={undo.isPending}
          onApply={() => undo.mutate()}
          onCancel={onClose}
        />
      )}
    </Answered>
  );
}

/** What undoing would do, before it is done. */
export function UndoDialog({ id, onClose }: { readonly id: number | undefined; readonly onClose: () => void }) {
  return (
    <Modal
      opened={id !== undefined}
      onClose={onClose}
      size="lg"
      title={words.activity.changes.undoing}
      closeButtonProps={{ 'aria-label': words.change.cancel }}
    >
      {id !== undefined && <Undoing id={id} onClose={onClose} />}
    </Modal>
  );
}
