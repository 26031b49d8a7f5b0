import { Button, Group, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ShareLink } from '#sealing/share-link.ts'
import { openAudit } from '#web/services/audit/audits.ts'
import type { OfferedPersona } from '#web/services/received-shares.ts'
import { GoHome, NotOpened } from './not-opened.tsx'
import { Offered, untilWhen } from './offered.tsx'
import { recordedWords, redactedWords } from './roles.ts'

interface AuditOfferProps {
  readonly offer: OfferedPersona
  readonly link: ShareLink
}

/** Nothing of a redacted audit comes into the workspace. */
export const AuditOffer = ({ offer, link }: AuditOfferProps) => {
  const navigate = useNavigate()
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const open = async () => {
    setState('busy')
    const audit = await openAudit(link).catch(asError)
    if (audit instanceof Error) return setState(audit)
    await navigate({ to: '/audit', search: { persona: audit.personaId }, replace: true })
  }
  if (state instanceof Error) return <NotOpened refusal={state} onRetry={() => void open()} />
  return (
    <Offered offer={offer} role={redactedWords.label}>
      <Text>
        {redactedWords.lets} {untilWhen(offer)}
      </Text>
      <Text fw={600}>{recordedWords}</Text>
      <Group gap="sm">
        <Button loading={state === 'busy'} onClick={() => void open()}>
          Open the audit
        </Button>
        <GoHome variant="default" label="Not now" />
      </Group>
    </Offered>
  )
}

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
