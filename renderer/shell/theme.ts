import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** A calm blue; shades 6 and 7 keep 4.5:1 on white, shades 3 and 4 on the dark ground (WCAG 2.2, 1.4.3). */
const ward: MantineColorsTuple = [
  '#e9f3fc',
  '#d3e4f5',
  '#a6c8ea',
  '#77abdf',
  '#5092d6',
  '#3782d0',
  '#1f6fc0',
  '#185fa9',
  '#0f4f91',
  '#04407a',
];

export const theme = createTheme({
  colors: { ward },
  primaryColor: 'ward',
  primaryShade: { light: 6, dark: 7 },
  defaultRadius: 'md',
  fontFamily: 'Inter, "Segoe UI", Cantarell, Ubuntu, "Noto Sans", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", "Fira Code", "DejaVu Sans Mono", ui-monospace, monospace',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Tooltip: { defaultProps: { openDelay: 300, multiline: true, maw: 320 } },
    // What is beside the window is scrolled to with the arrow keys (WCAG 2.2, 2.1.1).
    TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
  },
});

/** Mantine's dimmed text, its links on dark cards, its teal badges and the titles of its yellow and orange notices are too faint for small print; these are 4.5:1 on every ground that we put them on. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-teal-light-color': '#05664a',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-orange-light-color': '#8f3a06',
    '--ward-line': '#ced4da',
    '--ward-ground': '#f8f9fa',
    '--ward-here': '#eef5fc',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb4',
    '--mantine-color-anchor': '#8cbbea',
    '--ward-line': '#4a4f55',
    '--ward-ground': '#1a1b1e',
    '--ward-here': 'var(--mantine-primary-color-light)',
  },
});
