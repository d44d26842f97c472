import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type OpenedApp, openApp } from './open-app.ts';

const patience = 60_000;

interface Uses {
  /** Once, with the app that all tests of the file have. */
  prepare?(app: OpenedApp): Promise<void>;
  /** Before each test, with a page of its own. */
  begin(page: Page, app: OpenedApp): void;
  /** Before the app ends. */
  tidy?(app: OpenedApp): Promise<void> | void;
}

/** The app over the real engine for all tests of a file, and a page for each; whatever the page complains of fails the test. */
export function useApp({ prepare, begin, tidy }: Uses): void {
  let app: OpenedApp;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    await prepare?.(app);
  }, patience);
  afterAll(async () => {
    await tidy?.(app);
    await app.close();
  }, patience);
  beforeEach(async () => {
    page = await app.newPage();
    begin(page, app);
  });
  afterEach(async () => {
    await page.context().close();
    expect(app.takeComplaints()).toEqual([]);
  });
}

export async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(route)}`);
}
