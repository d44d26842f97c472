import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { CallFailed, failureOf } from '../../rpc/call-failed.ts';
import { useClient } from '../../rpc/client-context.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { words } from '../../words/words.ts';
import { Section } from './section.tsx';
import { writeTar } from './write-tar.ts';

const said = words.settings.export;

function download(bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/x-tar' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = said.file;
  link.click();
  URL.revokeObjectURL(url);
}

/** The whole configuration in one file. */
export function ExportSection() {
  const client = useClient();
  const exporting = useMutation({
    mutationFn: async () => {
      const answer = await client.call('settings.export', {});
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value.files;
    },
    onSuccess: (files) => {
      if (files.length === 0) {
        notifications.show({ title: said.nothing, message: said.nothingHint });
        return;
      }
      download(writeTar(files, Math.floor(Date.now() / 1000)));
      notifications.show({ color: 'teal', title: words.change.done, message: said.done(files.length) });
    },
  });
  return (
    <Section title={said.title}>
      <Text size="sm">{said.hint}</Text>
      {exporting.error !== null && <FailureNotice failure={failureOf(exporting.error)} title={said.failed} />}
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={exporting.isPending}
          onClick={() => exporting.mutate()}
        >
          {said.go}
        </Button>
      </Group>
    </Section>
  );
}
