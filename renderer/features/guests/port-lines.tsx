import { Button, Code, CopyButton, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Applied } from '../../../shared/rpc/changes.ts';
import { words } from '../../words/words.ts';

const said = words.guests.port;
const nameOf: Readonly<Record<string, string>> = said.names;

interface PortLinesProps {
  readonly lines: NonNullable<Applied['port']>['lines'];
}

/** What to paste where a guest is started, for each hypervisor. */
export function PortLines({ lines }: PortLinesProps) {
  return (
    <Stack>
      <Text size="sm">{said.madeHint}</Text>
      <Tabs defaultValue={lines[0]?.hypervisor ?? ''}>
        <Tabs.List>
          {lines.map(({ hypervisor }) => (
            <Tabs.Tab key={hypervisor} value={hypervisor}>
              {nameOf[hypervisor] ?? hypervisor}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {lines.map(({ hypervisor, text }) => (
          <Tabs.Panel key={hypervisor} value={hypervisor} pt="sm">
            <Code block tabIndex={0}>
              {text}
            </Code>
            <Group justify="flex-end" mt="sm">
              <CopyButton value={text}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    onClick={copy}
                    leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                  >
                    {copied ? said.copied : said.copy}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
