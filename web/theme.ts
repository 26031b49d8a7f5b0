import { createTheme, rem } from '@mantine/core'

/** Four sizes, two weights, one radius, a 4-pixel grid; greys with a touch of the accent, so that dark is not dead. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  primaryColor: 'indigo',
  // White reads on both (AA).
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(15), lg: rem(18), xl: rem(24) },
  lineHeights: { xs: '16px', sm: '20px', md: '24px', lg: '28px', xl: '32px' },
  spacing: { xs: rem(4), sm: rem(8), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { md: rem(8) },
  headings: { fontWeight: '600' },
  colors: {
    dark: [
      '#dcdee3',
      '#bcc0c9',
      '#a2a7b3',
      '#8a909d',
      '#363a44',
      '#2a2d36',
      '#1e2128',
      '#15171c',
      '#101216',
      '#0b0c0f',
    ],
  },
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.25 }, transitionProps: { duration: 100 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.25 }, transitionProps: { duration: 150 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 100 } } },
  },
})
