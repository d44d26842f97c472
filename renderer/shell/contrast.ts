export type Contrast = 'auto' | 'normal' | 'more';

const key = 'guestward-contrast';

/** As it was chosen here; auto: as the system has it. */
export function readContrast(): Contrast {
  const kept = localStorage.getItem(key);
  return kept === 'normal' || kept === 'more' ? kept : 'auto';
}

/** Puts it on the page, where styles read it. */
export function showContrast(contrast: Contrast): void {
  if (contrast === 'auto') delete document.documentElement.dataset['contrast'];
  else document.documentElement.dataset['contrast'] = contrast;
}

export function keepContrast(contrast: Contrast): void {
  if (contrast === 'auto') localStorage.removeItem(key);
  else localStorage.setItem(key, contrast);
  showContrast(contrast);
}
