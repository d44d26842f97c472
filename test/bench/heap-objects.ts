import type { Page } from 'playwright-core';

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
}

/** Machine code, which V8 makes more of for minutes as it learns what is called often, and what the browser keeps outside of the page's heap. */
const notObjects = new Set(['code', 'native', 'synthetic']);

/** Bytes of the objects, strings and functions that a page holds on to, by a snapshot of its heap (Chrome DevTools Protocol, HeapProfiler). */
export async function heapObjects(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    const type = types[0][nodes[at + typeAt] ?? 0] ?? '';
    if (!notObjects.has(type)) bytes += nodes[at + sizeAt] ?? 0;
  }
  return bytes;
}
