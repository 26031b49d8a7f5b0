import { expect, test } from 'vitest'
import { newSecret } from '#sealing/store-secret.ts'
import { invitationIn, workspaceLink } from '#sealing/workspace-link.ts'

test('[SH5] a workspace, its secret and the code are found in a link, or in what follows its #, and in nothing else', () => {
  const key = { workspaceId: '0123456789abcdefghjkmnpqrs', secret: newSecret(), code: 'a'.repeat(26) }
  const link = workspaceLink('https://example.org', key)
  const fragment = link.split('#')[1] ?? ''
  expect(invitationIn(link)).toEqual(key)
  expect(invitationIn(`  ${fragment}\n`)).toEqual(key)
  const others = [
    '',
    '#',
    'hello',
    link.slice(0, -1),
    `${link}x`,
    `${link}.x`,
    key.workspaceId,
    `short.${fragment}`,
    fragment.slice(0, -27),
  ]
  for (const text of [...others, 'https://example.org/join#../../etc']) expect(invitationIn(text)).toBeUndefined()
})
