import { MantineProvider } from '@mantine/core'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { StoreHealthTable } from '#web/features/shards/health/store-health-table.tsx'
import { cellHealth, cellsSaid } from './fixtures.ts'

afterEach(cleanup)

test('[HE34] each store is told with its uptime, or that it is not known, and what it is a share of', () => {
  const { stores: _, ...figures } = cellHealth()
  const store = { ...figures, isMine: true, reportedAt: null }
  const stores = [
    { ...store, storeId: 'ada', uptime: 0.75 },
    { ...store, storeId: 'ben', uptime: null },
  ]
  render(
    <MantineProvider env="test">
      <StoreHealthTable stores={stores} cells={cellsSaid().cells} nameOf={(storeId) => storeId} />
    </MantineProvider>,
  )
  const rows = screen.getAllByRole('row').map(({ textContent }) => textContent)
  expect(rows[0]).toContain('Up in 24 hours')
  expect(rows[1]).toMatch(/^ada.*75%/)
  expect(rows[2]).toMatch(/^ben.*not known/)
  expect(screen.getByText(/in which a store reported or was asked, the share in which it answered\.$/)).toBeTruthy()
})
