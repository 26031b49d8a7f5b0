import { createTheme, rem } from '@mantine/core'

/** Four sizes, two weights, one radius, a 4-pixel grid. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  primaryColor: 'indigo',
  autoContrast: true,
  defaultRadius: 'md',
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(15), lg: rem(18), xl: rem(24) },
  lineHeights: { xs: '16px', sm: '20px', md: '24px', lg: '28px', xl: '32px' },
  spacing: { xs: rem(4), sm: rem(8), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { md: rem(8) },
  headings: { fontWeight: '600' },
  respectReducedMotion: true,
})
