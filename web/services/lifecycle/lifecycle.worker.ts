import { reviewTiers } from '#schema/memories/tiers.ts'
import { livesOf, similarOf } from '#schema/stores/memory-lives.ts'
import { answerCalls } from '#web/services/worker-calls.ts'
import type { Ask } from './lifecycle-protocol.ts'

// Looks at all memories of a persona, so that the page never waits. It keeps nothing.

answerCalls((ask: Ask) => {
  switch (ask.call) {
    case 'review':
      return reviewTiers(livesOf(ask.asked.lives), ask.asked.policy, ask.asked.now)
    case 'similar':
      return similarOf(ask.asked)
  }
})
