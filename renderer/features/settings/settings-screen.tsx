import { Code, Stack, Text } from '@mantine/core';
import { useAnswer } from '../../rpc/use-answer.ts';
import { Answered } from '../../ui/answered.tsx';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { EngineSection } from './engine-section.tsx';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';
import { LookSection } from './look-section.tsx';
import { RightsSection } from './rights-section.tsx';
import { Section } from './section.tsx';

const said = words.settings.lab;

function LabSection({ isInside }: { readonly isInside: boolean }) {
  return (
    <Section title={said.title}>
      <Text size="sm">
        {isInside ? (
          said.inside
        ) : (
          <>
            {said.outside} <Code>guestward lab</Code>
          </>
        )}
      </Text>
    </Section>
  );
}

/** How Guestward works here and looks, and taking definitions along. */
export function SettingsScreen() {
  const app = useAnswer('app.describe', {});
  return (
    <Page title={words.screens.settings} lead={words.settings.lead}>
      <Stack gap="md" maw={760}>
        <LookSection />
        <Answered answer={app}>
          {(described) => (
            <>
              <RightsSection app={described} />
              <EngineSection app={described} />
              <LabSection isInside={described.place === 'lab'} />
            </>
          )}
        </Answered>
        <ExportSection />
        <ImportSection />
      </Stack>
    </Page>
  );
}
