import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'

/** What a persona of the sample workspace is made of, always the same. */
export const { events: sampleEvents } = sampleWorkspace({
  workspaceId: 'w1',
  now: new Date('2026-03-01T10:00:00Z'),
  actorId: 'ada',
  deviceId: 'laptop',
  cell: 'c1',
}).personas[0]!
