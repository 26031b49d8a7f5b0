import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { wordingOf } from '#schema/personas/consent-wordings.ts'
import { giveConsent } from '#schema/personas/privacy-commands.ts'
import { consents$ } from '#schema/personas/privacy-queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './consent-asked.module.css'

interface ConsentAskedProps {
  readonly onAgreed: () => void
  /** Answers without a model. */
  readonly onDeclined: () => void
}

/** Asked of a persona's owner when the first of its words would go to a provider. Until then nothing went there. */
export const ConsentAsked = ({ onAgreed, onDeclined }: ConsentAskedProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const isOwner = useIsOwner()
  const agree = () => {
    const given = giveConsent(store.query(consents$), newId(), { personaId, purpose: 'models' }, stampNow())
    if (!showRefusal(execute(store, given))) onAgreed()
  }
  return (
    <section className={classes.asked} aria-label="Consent">
      <Text fw={600} size="sm">
        This goes to a provider only if you agree
      </Text>
      <blockquote className={classes.wording}>{wordingOf('models')}</blockquote>
      <Text size="xs" c="dimmed">
        {isOwner
          ? 'Nothing was sent yet. You can withdraw this at any time under '
          : 'Only its owner can agree, under '}
        <Link to="/p/$personaId" params={{ personaId }}>
          Privacy
        </Link>
        .
      </Text>
      <Group gap="xs">
        {isOwner && (
          <Button size="compact-sm" onClick={agree}>
            I agree, ask now
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={onDeclined}>
          No, answer from memory
        </Button>
      </Group>
    </section>
  )
}
