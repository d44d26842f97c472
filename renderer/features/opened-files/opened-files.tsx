import { Suspense, useState } from 'react';
import type { Payload } from '../../../shared/rpc/contract.ts';
import { useHappening } from '../../rpc/use-happening.ts';
import { lazyPart } from '../../ui/lazy-part.ts';

// With it comes the editor, which few need at once.
const OpenedFile = lazyPart(async () => (await import('./opened-file.tsx')).OpenedFile);

/** Files that were opened with the app, looked at one after the other. */
export function OpenedFiles() {
  const [files, setFiles] = useState<readonly Payload<'app.open-file'>[]>([]);
  useHappening('app.open-file', (file) => setFiles((before) => [...before, file]));
  const [file] = files;
  if (file === undefined) return null;
  return (
    <Suspense>
      <OpenedFile key={`${files.length} ${file.name}`} file={file} onDone={() => setFiles((all) => all.slice(1))} />
    </Suspense>
  );
}
