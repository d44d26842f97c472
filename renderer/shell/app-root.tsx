import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../shared/rpc/contract.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { OpenedFiles } from '../features/opened-files/opened-files.tsx';
import { ClientProvider } from '../rpc/client-context.ts';
import { EventBridge } from '../rpc/event-bridge.tsx';
import { AppFrame } from './app-frame.tsx';
import { CommandPalette } from './command-palette.tsx';
import { CurrentScreen } from './current-screen.tsx';
import { HealedNotices } from './healed-notices.tsx';
import { readNonce } from './read-nonce.ts';
import { cssVariables, theme } from './theme.ts';

// Where react-remove-scroll, which Mantine's dialogs bring, asks for the nonce of the style that holds the page still (get-nonce).
Object.assign(globalThis, { __webpack_nonce__: readNonce() });

const never = Number.POSITIVE_INFINITY;

/** Answers are pushed or made stale by events; a failure is shown, not asked again behind the person's back. */
const queryOptions = {
  queries: { staleTime: never, gcTime: 5 * 60_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
  mutations: { retry: false, networkMode: 'always' },
} as const;

export function AppRoot({ client }: { readonly client: Client }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: queryOptions }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => readNonce() ?? ''}
    >
      <QueryClientProvider client={queries}>
        <ClientProvider value={client}>
          <EventBridge />
          <HealedNotices />
          {/* Below dialogs, whose buttons it would lie over. */}
          <Notifications zIndex={150} position="bottom-right" />
          <CommandPalette />
          <AppFrame>
            <CurrentScreen />
          </AppFrame>
          <ChangeDialog />
          <OpenedFiles />
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
