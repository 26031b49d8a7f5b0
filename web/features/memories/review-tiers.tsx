import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useCallback, useState } from 'react'
import { memoryPolicy$ } from '#schema/memories/life-queries.ts'
import { isSamePolicy, refusalOfPolicy, usualPolicy } from '#schema/memories/policy.ts'
import { tierNames, tierSentence } from '#schema/memories/tier-sentence.ts'
import { type TierReview, tiers } from '#schema/memories/tiers.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { reviewUnder } from '#web/services/lifecycle/lifecycle.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { counted, forgetWithUndo } from './bulk-acts.ts'
import { PolicyForm } from './policy-form.tsx'
import classes from './review.module.css'
import { adopt } from './review-acts.ts'
import { useListedById } from './use-listed-by-id.ts'
import { useLook } from './use-look.ts'

/** What is listed; the counts say all. */
const shownAtMost = 100

/** The policy as it might be, what would change under it, and the way to adopt it. */
export const ReviewTiers = ({ onDone }: { readonly onDone: () => void }) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const current = store.useQuery(memoryPolicy$)
  const [policy, setPolicy] = useState(current)
  const [now] = useState(() => new Date())
  const isLegal = refusalOfPolicy(policy) === undefined
  const start = useCallback(() => reviewUnder(store, policy, now), [store, policy, now])
  const { answer: review, failure, isLooking } = useLook(start)
  const isSame = isSamePolicy(policy, current)
  const changed = review?.changes.length ?? 0
  const finish = () => {
    if (review !== undefined && !showRefusal(adopt(store, personaId, policy, review))) onDone()
  }
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        A memory’s score comes from its importance, how long ago it was written, how often it was reinforced, and how
        many answers used it. Try another policy: nothing changes until you adopt it.
      </Text>
      <PolicyForm policy={policy} onChange={setPolicy} />
      {failure !== undefined && (
        <Alert color="red" p="sm">
          {failure}
        </Alert>
      )}
      {review === undefined ? failure === undefined && <LateSkeleton /> : <Outcome review={review} policy={policy} />}
      {review !== undefined && review.beyond.length > 0 && <Beyond review={review} />}
      <Group justify="space-between" className={classes.foot}>
        <Button variant="subtle" disabled={isSamePolicy(policy, usualPolicy)} onClick={() => setPolicy(usualPolicy)}>
          The usual policy
        </Button>
        <Button disabled={!isLegal || isLooking || (isSame && changed === 0)} onClick={finish}>
          {isSame ? (changed === 0 ? 'Nothing would change' : `Move ${memoriesOf(changed)}`) : 'Adopt this policy'}
        </Button>
      </Group>
    </Stack>
  )
}

const memoriesOf = (count: number) => (count === 1 ? '1 memory' : `${wholeNumber(count)} memories`)

interface OutcomeProps {
  readonly review: TierReview
  readonly policy: Parameters<typeof tierSentence>[1]
}

/** Before above, after below it. */
const Outcome = ({ review, policy }: OutcomeProps) => {
  const { before, after, changes } = review
  const most = Math.max(1, ...tiers.flatMap((tier) => [before[tier], after[tier]]))
  const shown = changes.slice(0, shownAtMost)
  const rows = useListedById(shown.map(({ memoryId }) => memoryId))
  return (
    <section aria-label="What would change">
      <Text size="sm" fw={600} mb="xs" role="status">
        {changes.length === 0 ? 'Every memory stays in its tier' : `${memoriesOf(changes.length)} would move`}
      </Text>
      <div className={classes.distribution}>
        {tiers.map((tier) => (
          <div key={tier} className={classes.tier}>
            <span>{tierNames[tier]}</span>
            <span className={classes.bars} aria-hidden>
              <span style={{ inlineSize: `${(before[tier] / most) * 100}%` }} />
              <span style={{ inlineSize: `${(after[tier] / most) * 100}%` }} />
            </span>
            <span className={classes.number}>
              {wholeNumber(before[tier])} → {wholeNumber(after[tier])}
            </span>
          </div>
        ))}
      </div>
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <ul className={classes.changes} style={{ marginBlockStart: 12 }} tabIndex={0} aria-label="Changes">
          {shown.map((change) => (
            <li key={change.memoryId} className={classes.change} title={tierSentence(change, policy)}>
              <span>{rows.get(change.memoryId)?.preview ?? '…'}</span>
              <span>
                {tierNames[change.from].toLowerCase()} → {tierNames[change.tier].toLowerCase()}
              </span>
            </li>
          ))}
        </ul>
      )}
      {changes.length > shown.length && (
        <Text size="xs" c="dimmed" mt="xs">
          These are the first {shownAtMost}. All {wholeNumber(changes.length)} are moved.
        </Text>
      )}
    </section>
  )
}

/** Suggested, never done by itself. */
const Beyond = ({ review }: { readonly review: TierReview }) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const ids = review.beyond.map(({ memoryId }) => memoryId)
  const [isForgotten, setForgotten] = useState(false)
  const old = review.beyond.filter(({ because }) => because === 'age').length
  if (isForgotten) return null
  return (
    <Alert color="gray" p="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={200}>
          {[
            ...(old > 0 ? [`${memoriesOf(old)} unused for longer than this policy keeps`] : []),
            ...(ids.length > old ? [`${memoriesOf(ids.length - old)} more than it allows`] : []),
          ].join(', ')}
          . They stay until you forget them.
        </Text>
        <Button
          size="xs"
          variant="light"
          color="red"
          onClick={() => {
            setForgotten(true)
            void forgetWithUndo(store, personaId, ids)
          }}
        >
          Forget {counted(ids)}
        </Button>
      </Group>
    </Alert>
  )
}
