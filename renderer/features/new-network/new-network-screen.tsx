import { Button, Group, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAdjustments, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Proposal, Wish } from '../../../shared/rpc/new-network.ts';
import { usePropose } from '../../change/use-propose.ts';
import { failureOf } from '../../rpc/call-failed.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { goTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import './new-network.css';
import { ProposalCard } from './proposal-card.tsx';
import { WishForm } from './wish-form.tsx';

const pause = 250;

/** One click makes a working network; whoever wants another one changes what is proposed. */
export function NewNetworkScreen() {
  const [first] = useState<Wish>(() => ({ uuid: crypto.randomUUID() }));
  const [wish, setWish] = useState(first);
  const [isOpen, setOpen] = useState(false);
  const [settled] = useDebouncedValue(wish, pause);
  const proposal = useAnswer('new-network.propose', settled, { keepPrevious: true });
  // What was right last stands beside what is wrong with it now.
  const last = useRef<Proposal>(undefined);
  last.current = proposal.data ?? last.current;
  const known = last.current;
  const propose = usePropose();
  const make = (text: string, name: string) =>
    propose(
      [
        { action: 'define-network', text, start: true },
        { action: 'set-autostart', network: name, autostart: true },
      ],
      () => goTo(['network', name]),
    );
  return (
    <Page title={words.screens.newNetwork} lead={words.newNetwork.lead}>
      <Stack gap="lg" maw={820}>
        {known === undefined ? (
          <Answered answer={proposal}>{() => null}</Answered>
        ) : (
          <>
            {proposal.isError ? (
              <div className="new-network-problem">
                <FailureNotice failure={failureOf(proposal.error)} title={words.newNetwork.cannot} />
              </div>
            ) : (
              <ProposalCard proposal={known} />
            )}
            <Group>
              <Button
                size="md"
                leftSection={<IconPlus size={18} aria-hidden />}
                disabled={settled !== wish || proposal.isPlaceholderData || proposal.isError}
                onClick={() => make(known.text, known.name)}
              >
                {words.newNetwork.make(known.name)}
              </Button>
              <Button
                size="md"
                variant="default"
                leftSection={<IconAdjustments size={18} aria-hidden />}
                aria-expanded={isOpen}
                onClick={() => {
                  if (isOpen) setWish(first);
                  setOpen(!isOpen);
                }}
              >
                {isOpen ? words.newNetwork.less : words.newNetwork.more}
              </Button>
            </Group>
          </>
        )}
        {isOpen && <WishForm wish={wish} proposal={known} onChange={setWish} />}
      </Stack>
    </Page>
  );
}
