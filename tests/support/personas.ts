import { expect, type Page } from '@playwright/test'
import { follow } from './journey.ts'

export const rail = (page: Page) => page.getByRole('navigation', { name: 'Personas and rooms' })

/** A persona from the first template; the page shows its chats then. */
export const makePersona = async (page: Page, name: string): Promise<void> => {
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible()
  await page.keyboard.press('p')
  await page.getByRole('button', { name: /Tutor/ }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create persona' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
}

/** On a new device: the sample, whose first persona's chats the page shows then. Gives that persona's id. */
export const bringSample = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Try a sample workspace' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
  await expect(page.getByText('saved everywhere')).toBeVisible()
  return /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
}

/** The address of the persona whose chats the page shows. */
export const roomOf = (page: Page) => page.url().replace(/\/chats.*/, '')

export const remember = async (page: Page, room: string, content: string) => {
  await follow(page, `${room}/memories`)
  await addMemory(page, content)
}

/** Where memories are shown. */
export const addMemory = async (page: Page, content: string) => {
  await page.getByRole('button', { name: 'Add memory' }).first().click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill(content)
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(page.getByText(content).first()).toBeVisible()
}
