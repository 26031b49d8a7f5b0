import { expect, test } from 'vitest'
import { newSecret } from '#sealing/store-secret.ts'
import { workspaceKeyIn, workspaceLink } from '#sealing/workspace-link.ts'

test('[SH5] a workspace and its secret are found in its link, or in what follows the #, and in nothing else', () => {
  const key = { workspaceId: '0123456789abcdefghjkmnpqrs', secret: newSecret() }
  const link = workspaceLink('https://example.org', key)
  const fragment = link.split('#')[1] ?? ''
  expect(workspaceKeyIn(link)).toEqual(key)
  expect(workspaceKeyIn(`  ${fragment}\n`)).toEqual(key)
  const others = ['', '#', 'hello', link.slice(0, -1), `${link}x`, `${link}.x`, key.workspaceId, `short.${fragment}`]
  for (const text of [...others, 'https://example.org/join#../../etc']) expect(workspaceKeyIn(text)).toBeUndefined()
})
