import type { Locator, Page } from 'playwright-core';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A thing on the map, by what it is and its name. */
export function mapNode(page: Page, name: RegExp): Locator {
  return page.getByRole('region', { name: /Map of/ }).getByRole('button', { name });
}

/** Where a line is near its end, where no other one runs. */
const endOf = (page: Page, id: string): Promise<Point> =>
  page.evaluate(`(() => {
    const path = document.querySelector('[data-id=${JSON.stringify(id)}] path');
    const { x, y } = path.getPointAtLength(path.getTotalLength() - 6).matrixTransform(path.getScreenCTM());
    return { x, y };
  })()`);

/** Waits until it stands still. */
async function whereItStays(page: Page, where: () => Promise<Point>): Promise<Point> {
  let at = await where();
  for (let before = { x: Number.NaN, y: Number.NaN }; before.x !== at.x || before.y !== at.y; ) {
    before = at;
    await page.waitForTimeout(100);
    at = await where();
  }
  return at;
}

/** Clicks a line, e.g. `network:home>nic:vnet0`. */
export async function clickLine(page: Page, id: string): Promise<void> {
  const { x, y } = await whereItStays(page, () => endOf(page, id));
  await page.mouse.click(x, y);
}

async function middleOf(node: Locator): Promise<Point> {
  const box = await node.boundingBox();
  if (box === null) throw new Error(`${node} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags with the mouse, and holds it over the target, which says that it would take what is dragged. */
export async function dragOver(page: Page, node: Locator, target: Locator): Promise<void> {
  const from = await whereItStays(page, () => middleOf(node));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const { x, y } = await middleOf(target);
  await page.mouse.move(x, y, { steps: 8 });
  await page.locator('.map-node.is-target').waitFor();
}

/** Comes onto the map by Tab, to the thing where one was last. */
export async function tabToMap(page: Page): Promise<void> {
  while (!(await page.evaluate('document.activeElement.closest(".map-picture") !== null'))) {
    await page.keyboard.press('Tab');
  }
}
