/** The look of the house: quiet surfaces, one colour of our own, states by colour and shape. */
import { createTheme, type MantineColorsTuple, type CSSVariablesResolver } from '@mantine/core';
import type { KeyboardEvent } from 'react';

const fjord: MantineColorsTuple = [
  '#eaf5f6',
  '#d3e7ea',
  '#a6cfd6',
  '#76b5c0',
  '#4f9fad',
  '#35909f',
  '#258393',
  '#1b7281',
  '#17606d',
  '#0e4d58',
];

const slate: MantineColorsTuple = [
  '#f6f7f8',
  '#eef0f2',
  '#e1e5e8',
  '#cdd3d8',
  '#a9b2ba',
  '#7f8a94',
  '#5c6770',
  '#465058',
  '#2f373d',
  '#1b2126',
];

const dark: MantineColorsTuple = [
  '#e3e7ea',
  '#c3cad0',
  '#a3adb5',
  '#7d8891',
  '#4a545c',
  '#363f46',
  '#283037',
  '#1e252a',
  '#171c20',
  '#101417',
];

function shutByEscape(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'Escape' || event.currentTarget.ariaExpanded !== 'true') return;
  // What is around it shall not take the same key for its own.
  event.preventDefault();
  event.currentTarget.click();
}

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.35' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  colors: { fjord, gray: slate, dark },
  primaryColor: 'fjord',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // Its placeholder for the focus is no child that a menu may have (WAI-ARIA).
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // The focus goes into a menu a moment after it is opened; Escape shuts it in that moment too.
    MenuTarget: { defaultProps: { onKeyDown: shutByEscape } },
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    Drawer: { defaultProps: { position: 'right', overlayProps: { backgroundOpacity: 0.25 } } },
    Tooltip: {
      defaultProps: {
        openDelay: 300,
        withArrow: true,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: true },
      },
    },
    Paper: { defaultProps: { withBorder: true, radius: 'md' } },
    Loader: { defaultProps: { type: 'dots' } },
  },
});

/** Our own names for colours with a meaning. Text on these surfaces keeps a contrast of 4.5 to 1. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b2126',
    '--mantine-color-dimmed': '#58636c',
    '--mantine-color-placeholder': '#66717a',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-body': '#ffffff',
    '--svarhus-ground': '#f4f6f7',
    '--svarhus-surface': '#ffffff',
    '--svarhus-line': '#dfe3e6',
    '--svarhus-hover': '#f0f3f4',
    '--svarhus-selected': '#e3f0f2',
    '--svarhus-good': '#1a7346',
    '--svarhus-busy': '#8a5300',
    '--svarhus-bad': '#b3261e',
    '--svarhus-quiet': '#5c6770',
    '--svarhus-info': '#17606d',
  },
  dark: {
    '--mantine-color-dimmed': '#a3adb5',
    '--mantine-color-placeholder': '#919ca5',
    '--mantine-color-error': '#ff9a90',
    '--mantine-color-body': '#171c20',
    '--svarhus-ground': '#101417',
    '--svarhus-surface': '#171c20',
    '--svarhus-line': '#2c343b',
    '--svarhus-hover': '#1e252a',
    '--svarhus-selected': '#193740',
    '--svarhus-good': '#6fd09c',
    '--svarhus-busy': '#f0b45a',
    '--svarhus-bad': '#ff9a90',
    '--svarhus-quiet': '#a3adb5',
    '--svarhus-info': '#7cc4cf',
  },
});
