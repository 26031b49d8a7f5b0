import { MantineProvider } from '@mantine/core'
import { act, cleanup, render, screen } from '@testing-library/react'
import { type ReactNode, Suspense } from 'react'
import { afterEach, expect, test } from 'vitest'
import { lazyAsked, lazyExtra, lazyOr } from '#web/ui/lazy-part.ts'
import { Toasts } from '#web/ui/toasts.tsx'
import { isUnfetched } from '#web/ui/unfetched-errors.ts'

afterEach(cleanup)

const shown = (part: ReactNode) =>
  act(async () => {
    render(
      <MantineProvider env="test">
        <Toasts />
        <p>What was there</p>
        <Suspense fallback={null}>{part}</Suspense>
      </MantineProvider>,
    )
  })

const missing = async (): Promise<() => ReactNode> => {
  throw new Error('Unable to preload CSS for /assets/part.css')
}

test('[SH90] a part of the page that cannot be fetched is left out, stood in for, or said to be missing', async () => {
  const Here = lazyExtra(async () => ({ name }: { readonly name: string }) => <p>{name} is here</p>)
  const [Extra, Instead, Asked] = [lazyExtra(missing), lazyOr(missing, () => <p>As plain text</p>), lazyAsked(missing)]
  await shown(
    <>
      <Here name="Ada" />
      <Extra />
      <Instead />
      <Asked />
    </>,
  )
  for (const text of ['What was there', 'Ada is here', 'As plain text']) expect(screen.getByText(text)).toBeTruthy()
  expect((await screen.findByRole('alert')).textContent).toContain('This part of the page did not come')
})

test('[SH90] what could not be fetched is told from what went wrong by itself', () => {
  const error = new Error('Unable to preload CSS for /assets/part.css')
  window.dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload: error }))
  expect(isUnfetched(error)).toBe(true)
  expect(isUnfetched(new Error(error.message))).toBe(false)
})
