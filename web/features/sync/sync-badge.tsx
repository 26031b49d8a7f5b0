import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { followRights } from '#web/livestore/follow-rights.ts'
import { useHistoryAlerts } from '#web/livestore/history-alerts.ts'
import { keepShardNotes, settleDebts } from '#web/livestore/shard-notes.ts'
import { useSyncStatuses } from '#web/livestore/sync-status.ts'
import { useShards } from '#web/services/shards/use-shards.ts'
import { closedDebtsOf, sentenceFor, summaryOf } from './summary.ts'
import classes from './sync-badge.module.css'
import { useOnline } from './use-online.ts'

/** Where the truth about saving and syncing is said, over all shards. Leads to each of them. */
export const SyncBadge = () => {
  const online = useOnline()
  const summary = summaryOf(useSyncStatuses(), closedDebtsOf(useShards()), online, useHistoryAlerts().length)
  useEffect(() => keepShardNotes(), [])
  useEffect(() => followRights(), [])
  useEffect(() => {
    if (online) void settleDebts()
  }, [online])
  return (
    <UnstyledButton
      component={Link}
      to="/shards/explore"
      className={classes.badge}
      data-state={summary.state}
      title={sentenceFor(summary)}
    >
      <span className={classes.dot} aria-hidden />
      <span role="status">{labelFor(summary)}</span>
    </UnstyledButton>
  )
}

const labelFor = ({ state, waiting }: ReturnType<typeof summaryOf>) =>
  ({
    contradicted: 'history altered',
    refused: 'refused',
    saving: 'saving…',
    offline: waiting === 0 ? 'offline' : `offline · ${waiting} waiting`,
    syncing: `syncing ${waiting}`,
    synced: 'saved everywhere',
  })[state]
