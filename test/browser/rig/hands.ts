import type { Locator, Page } from 'playwright-core';

/** A way of using the screens. */
export interface Hand {
  readonly name: string;
  /** Activates a button, link, tab, menu item, switch or radio. */
  press(control: Locator): Promise<void>;
  /** Puts a text in the place of what a field or an editor holds. */
  write(field: Locator, text: string): Promise<void>;
  /** Takes the option of this label in a select. */
  pick(select: Locator, label: string): Promise<void>;
}

/** What is asked of an element; this project's tests know no DOM types. */
interface Element {
  readonly id: string;
  readonly ownerDocument: { readonly activeElement: Element };
  matches(selector: string): boolean;
  closest(selector: string): Element | null;
  compareDocumentPosition(other: Element): number;
}

const isFocused = (element: Element): boolean => element.matches(':focus');
const isInFocusedGroup = (element: Element): boolean =>
  element.closest('[role=radiogroup], [role=tablist]')?.matches(':focus-within') === true;
// Node.DOCUMENT_POSITION_FOLLOWING is 4: what has the focus stands after the element.
const isBehindFocus = (element: Element): boolean =>
  (element.compareDocumentPosition(element.ownerDocument.activeElement) & 4) !== 0 &&
  !element.ownerDocument.activeElement.matches('body');

/** More than any screen of the tests has controls. */
const mostSteps = 150;

async function stepUntil(key: string, isThere: () => Promise<boolean>, control: Locator): Promise<void> {
  for (let steps = 0; !(await isThere()); steps += 1) {
    if (steps === mostSteps) throw new Error(`${key} does not lead to ${control}`);
    await control.page().keyboard.press(key);
  }
}

/** Goes there by Tab, and by the arrows within radios, tabs and menus, as ARIA has it: what the keyboard cannot reach fails. */
async function reach(control: Locator): Promise<void> {
  await control.waitFor({ state: 'attached' });
  const isThere = () => control.evaluate(isFocused);
  const isA = (role: string) => control.evaluate((element: Element, wanted) => element.matches(wanted), role);
  if (!(await isA('[role=menuitem]'))) {
    const isNear = () => control.evaluate(isInFocusedGroup);
    const key = (await control.evaluate(isBehindFocus)) ? 'Shift+Tab' : 'Tab';
    await stepUntil(key, async () => (await isThere()) || (await isNear()), control);
  }
  await stepUntil((await isA('[role=tab]')) ? 'ArrowRight' : 'ArrowDown', isThere, control);
}

async function retype(field: Locator, text: string): Promise<void> {
  const { keyboard } = field.page();
  await keyboard.press('Control+a');
  await keyboard.press('Delete');
  await keyboard.insertText(text);
}

export const byMouse: Hand = {
  name: 'by mouse',
  async press(control) {
    await control.waitFor({ state: 'attached' });
    const isHidden = await control.evaluate((element: Element) =>
      element.matches('input[type=radio], input[type=checkbox]'),
    );
    // Switches and segments are drawn by their label; the input itself has no size.
    if (!isHidden) await control.click();
    else {
      const id = await control.evaluate((element: Element) => element.id);
      await control.page().locator(`label[for="${id}"]`).first().click();
    }
  },
  async write(field, text) {
    await field.click();
    await retype(field, text);
  },
  async pick(select, label) {
    // The list is drawn by the system, outside of the page: a mouse cannot be led to it from here.
    await select.selectOption({ label });
  },
};

export const byKeyboard: Hand = {
  name: 'by keyboard',
  async press(control) {
    await reach(control);
    const isSpaced = await control.evaluate((element: Element) =>
      element.matches('input[type=checkbox], [role=radio], input[type=radio]'),
    );
    await control.page().keyboard.press(isSpaced ? 'Space' : 'Enter');
  },
  async write(field, text) {
    await reach(field);
    await retype(field, text);
  },
  async pick(select, label) {
    await reach(select);
    await select.page().keyboard.type(label);
  },
};

export const hands: readonly Hand[] = [byMouse, byKeyboard];

/** Agrees by hand to what the dialog says will happen, and waits until it has. */
export async function agree(page: Page, { press }: Pick<Hand, 'press'>): Promise<void> {
  const apply = page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true });
  await press(apply);
  await apply.waitFor({ state: 'detached' });
}
