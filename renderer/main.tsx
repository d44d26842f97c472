import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './shell/shell.css';
import { createRoot } from 'react-dom/client';
import { createClient } from './rpc/create-client.ts';
import { AppRoot } from './shell/app-root.tsx';
import { readContrast, showContrast } from './shell/contrast.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element "root"');
// Before anything is painted.
showContrast(readContrast());
createRoot(root).render(<AppRoot client={createClient()} />);
