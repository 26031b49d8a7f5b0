import { expect, test } from 'vitest'
import { session } from '#web/livestore/session.ts'
import { joinLink, workspaceIdIn } from '#web/services/workspace-link.ts'

test('[SH5] a workspace is found in its link, or in its bare id, and in nothing else', () => {
  expect(workspaceIdIn(joinLink())).toBe(session.workspaceId)
  expect(workspaceIdIn(`  ${session.workspaceId}\n`)).toBe(session.workspaceId)
  for (const text of [
    '',
    '#',
    'hello',
    joinLink().slice(0, -1),
    `${joinLink()}x`,
    'https://example.org/join#../../etc',
  ]) {
    expect(workspaceIdIn(text)).toBeUndefined()
  }
})
