import { Button } from '@mantine/core';
import { IconRefresh, IconZoomExclamation } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { words } from '../words/words.ts';
import { EmptyState } from './empty-state.tsx';

interface PartBoundaryProps {
  readonly children: ReactNode;
}

/** Keeps a part that could not be loaded, or that a mistake of ours has ended, from taking the others along. React knows these only by a class. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const reload = (
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => location.reload()}>
        {words.states.reload}
      </Button>
    );
    return (
      <EmptyState
        icon={IconZoomExclamation}
        title={words.states.failed}
        hint={words.states.partFailed}
        action={reload}
      />
    );
  }
}
