import { Button, Text } from '@mantine/core'
import { wordingOf } from '#schema/personas/consent-wordings.ts'
import { giveConsent } from '#schema/personas/privacy-commands.ts'
import { consents$ } from '#schema/personas/privacy-queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { showRefusal } from '#web/ui/undo.tsx'

/** Asked once for a persona, when the first of its words would go to a provider. */
export const ConsentAsked = ({ onAgreed }: { readonly onAgreed: () => void }) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const isOwner = useIsOwner()
  const agree = () => {
    const given = giveConsent(store.query(consents$), newId(), { personaId, purpose: 'models' }, stampNow())
    if (!showRefusal(execute(store, given))) onAgreed()
  }
  return (
    <>
      <Text size="sm">{wordingOf('models')}</Text>
      <Button size="compact-xs" disabled={!isOwner} onClick={agree}>
        I agree, ask now
      </Button>
    </>
  )
}
