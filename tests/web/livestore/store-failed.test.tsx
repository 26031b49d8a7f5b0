import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { NoRoom, noteNoRoom, takeNoRoom } from '#web/livestore/hydration/no-room.ts'
import { StoreFailed } from '#web/livestore/store-failed.tsx'
import { pool } from '#web/livestore/stores.ts'

afterEach(cleanup)

test('[HY25] where there is no room to open a store, it is said how much it takes, what is safe, and to try again', async () => {
  // Nothing opens where there are no threads and no files.
  const retry = vi.spyOn(pool, 'retry').mockRejectedValue(new Error('Nothing opens here.'))
  render(
    <MantineProvider>
      <StoreFailed storeId="persona_ada" error={new NoRoom({ bytes: 14_200_000 })} />
    </MantineProvider>,
  )
  const { textContent } = screen.getByRole('alert')
  expect(textContent).toContain('There is no room left on this device to open it: it takes 15 MB.')
  expect(textContent).toContain('Nothing is lost: its log is with the server')
  expect(textContent).toContain('Free some space on this device, then try again.')
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Try again'])
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await vi.waitFor(() => expect(retry).toHaveBeenCalledWith('persona_ada'))
})

test('[HY24] that a store has no room here is told to who opens it next, once', () => {
  noteNoRoom('persona_ada', 1000)
  expect(takeNoRoom('persona_boris')).toBeUndefined()
  expect(takeNoRoom('persona_ada')).toBeInstanceOf(NoRoom)
  expect(takeNoRoom('persona_ada')).toBeUndefined()
})
