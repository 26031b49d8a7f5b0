import { Button, Group, Text } from '@mantine/core'
import { Pin, PinOff } from 'lucide-react'
import { memoryPolicy$, memoryTier$ } from '#schema/memories/life-queries.ts'
import type { MemoryPolicy } from '#schema/memories/policy.ts'
import { tierNames, tierSentence } from '#schema/memories/tier-sentence.ts'
import { type Shares, type Tiering, tieringOf } from '#schema/memories/tiers.ts'
import { memoryLife$ } from '#schema/stores/memory-lives.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { RelativeTime, useCurrentMinute } from '#web/ui/times.tsx'
import { pinWithUndo, unpinWithUndo } from './life-acts.ts'
import classes from './memory-detail.module.css'
import bar from './share-bar.module.css'

/** In which tier a memory is, since when, and what the rule says of it now. */
export const MemoryTier = ({ memoryId }: { readonly memoryId: string }) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const mayWrite = useMayWrite()
  const life = store.useQuery(memoryLife$(memoryId))
  const policy = store.useQuery(memoryPolicy$)
  const row = store.useQuery(memoryTier$(memoryId))
  const now = useCurrentMinute()
  if (life === undefined) return null
  const tiering = tieringOf(life, policy, now)
  const tier = life.isPinned ? 'hot' : life.tier
  return (
    <section>
      <Group justify="space-between" gap="xs" mb={4}>
        <h3 className={classes.section} style={{ margin: 0 }}>
          Tier: {tierNames[tier].toLowerCase()}
          {life.isPinned && ', pinned'}
        </h3>
        {mayWrite && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={life.isPinned ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />}
            onClick={() => void (life.isPinned ? unpinWithUndo : pinWithUndo)(store, personaId, [memoryId])}
          >
            {life.isPinned ? 'Unpin' : 'Pin'}
          </Button>
        )}
      </Group>
      <ShareBar tiering={tiering} policy={policy} />
      <Text size="sm" mt={4}>
        {life.isPinned
          ? 'It is pinned: it stays hot, whatever it scores.'
          : tierSentence({ ...tiering, tier: tiering.tier }, policy)}
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {row === null ? (
          'No review has moved it yet: what is new is hot.'
        ) : (
          <>
            {tierNames[row.tier]} since <RelativeTime at={row.tieredAt} />, by version {row.ruleVersion} of the rule.
          </>
        )}
        {!life.isPinned &&
          tiering.tier !== tier &&
          ` The next review makes it ${tierNames[tiering.tier].toLowerCase()}.`}
      </Text>
    </section>
  )
}

const shareNames: { readonly [Input in keyof Shares]: string } = {
  importance: 'Importance',
  recency: 'Recency',
  reinforced: 'Reinforced',
  recalled: 'Recalled',
}

const ShareBar = ({ tiering, policy }: { readonly tiering: Tiering; readonly policy: MemoryPolicy }) => {
  const shares = Object.entries(tiering.shares) as readonly (readonly [keyof Shares, number])[] // its very keys
  return (
    <div role="img" aria-label={shares.map(([input, share]) => `${shareNames[input]} ${share.toFixed(3)}`).join(', ')}>
      <div className={bar.bar}>
        {shares.map(([input, share]) => (
          <span
            key={input}
            className={bar.share}
            title={`${shareNames[input]} ${share.toFixed(3)}`}
            style={{ inlineSize: `${share * 100}%` }}
          />
        ))}
      </div>
      <div className={bar.marks} aria-hidden>
        <span style={{ insetInlineStart: `${policy.warmFrom * 100}%` }}>warm</span>
        <span style={{ insetInlineStart: `${policy.hotFrom * 100}%` }}>hot</span>
      </div>
    </div>
  )
}
