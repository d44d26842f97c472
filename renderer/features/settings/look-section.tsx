import { type MantineColorScheme, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { type Contrast, keepContrast, readContrast } from '../../shell/contrast.ts';
import { words } from '../../words/words.ts';
import { Section } from './section.tsx';

const said = words.settings.look;

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly names: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, names, value, onChange }: ChoiceProps<T>) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <SegmentedControl
        aria-label={label}
        data={Object.entries<string>(names).map(([each, name]) => ({ value: each, label: name }))}
        value={value}
        onChange={(chosen) => onChange(chosen as T)}
      />
    </Stack>
  );
}

/** How the app looks, kept in this browser. */
export function LookSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [contrast, setContrast] = useState(readContrast);
  return (
    <Section title={said.title}>
      <Choice<MantineColorScheme>
        label={said.scheme}
        names={said.schemes}
        value={colorScheme}
        onChange={setColorScheme}
      />
      <Choice<Contrast>
        label={said.contrast}
        names={said.contrasts}
        value={contrast}
        onChange={(chosen) => {
          keepContrast(chosen);
          setContrast(chosen);
        }}
      />
      <Text size="sm" c="dimmed">
        {said.motion}
      </Text>
    </Section>
  );
}
