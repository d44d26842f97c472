import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useClient } from '../rpc/client-context.ts';
import { words } from '../words/words.ts';

/** Says that what is seen may be old, as long as the main side cannot be reached. */
export function LostBanner() {
  const client = useClient();
  const [isLost, setLost] = useState(false);
  useEffect(() => client.onConnection((connected) => setLost(!connected)), [client]);
  if (!isLost) return null;
  return (
    <Alert color="orange" icon={<IconPlugConnectedX />} radius={0} role="status">
      {words.connection.lost}
    </Alert>
  );
}
