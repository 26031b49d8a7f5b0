import { MantineProvider } from '@mantine/core'
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CodeBlock } from '#web/ui/markdown/code-block.tsx'

const asked = vi.hoisted(() => [] as string[])

vi.mock('#web/ui/markdown/highlight-apart.ts', () => ({
  highlightApart: async (code: string) => {
    asked.push(code)
    return code.split('\n').map((content) => [{ content, style: {} }])
  },
}))

beforeEach(() => {
  asked.length = 0
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const block = (code: string) => (
  <MantineProvider env="test">
    <CodeBlock code={code} language="ts" />
  </MantineProvider>
)

test('[CH52] code that grows is coloured four times a second at most, and keeps its colours meanwhile', async () => {
  const { rerender, container } = render(block('a'))
  const coloured = () => [...container.querySelectorAll('pre span span')].map((span) => span.textContent).join('\n')
  await act(() => vi.advanceTimersByTimeAsync(1))
  expect(coloured()).toBe('a')
  let code = 'a'
  for (let frame = 0; frame < 60; frame++) {
    code += frame % 10 === 9 ? '\n' : 'b'
    rerender(block(code))
    expect(container.querySelector('pre')?.textContent).toBe(code)
    expect(coloured()).not.toBe('')
    await act(() => vi.advanceTimersByTimeAsync(16))
  }
  expect(asked.length).toBeLessThanOrEqual(5)
  expect(asked.length).toBeGreaterThan(2)
  await act(() => vi.advanceTimersByTimeAsync(250))
  expect(coloured()).toBe(code)
})

test('[CH52] code that becomes another is plain until that is coloured', async () => {
  const { rerender, container } = render(block('const a'))
  await act(() => vi.advanceTimersByTimeAsync(1))
  rerender(block('let b'))
  expect(container.querySelector('pre')?.textContent).toBe('let b')
  expect(container.querySelector('pre span')).toBeNull()
})
