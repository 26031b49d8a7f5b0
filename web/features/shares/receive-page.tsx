import { Button, Group, Loader, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { type ShareLink, shareLinkIn } from '#sealing/share-link.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { lookAtShare, type OfferedPersona, receiveShare } from '#web/services/received-shares.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { useSecretFragment } from '#web/ui/use-secret-fragment.ts'
import { AuditOffer } from './audit-offer.tsx'
import { GoHome, NotOpened } from './not-opened.tsx'
import { Offered, untilWhen } from './offered.tsx'
import { recordedWords, wordsFor } from './roles.ts'

/** Where the link to another person's persona leads: what comes is shown before it is taken. */
export const ReceivePage = () => {
  const fragment = useSecretFragment()
  const link = useMemo(() => shareLinkIn(fragment), [fragment])
  const { offer, lookAgain } = useOffer(link)
  if (link === undefined)
    return (
      <EmptyState
        title="This link leads to no persona"
        text="It is cut short or changed. Copy all of it from where it was sent to you."
        action={<GoHome />}
      />
    )
  if (offer === undefined)
    return <EmptyState title="Opening the link" text="…" action={<Loader size="sm" aria-label="Asking the server" />} />
  if (offer instanceof Error) return <NotOpened refusal={offer} onRetry={lookAgain} />
  const Shown = offer.isRedacted ? AuditOffer : Offer
  return <Shown key={offer.shareId} offer={offer} link={link} />
}

interface OfferProps {
  readonly offer: OfferedPersona
  readonly link: ShareLink
}

const Offer = ({ offer, link }: OfferProps) => {
  const workspace = useWorkspaceStore()
  const navigate = useNavigate()
  const { personaId, content, right } = offer
  const entry = workspace.useQuery(directoryEntry$(personaId))
  const isHere = entry !== null && entry.unlistedAt === null
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const add = async () => {
    setState('busy')
    const added = await receiveShare(workspace, link).catch(asError)
    if (added instanceof Error) return setState(added)
    await navigate({ to: '/p/$personaId/chats', params: { personaId }, replace: true })
  }
  if (state instanceof Error) return <NotOpened refusal={state} onRetry={() => void add()} />
  const words = wordsFor(right.role)
  return (
    <Offered offer={offer} role={words?.label ?? right.role}>
      <Text>
        {words?.lets} {right.canShare && 'You can share it on. '}
        {untilWhen(offer)}
      </Text>
      <Text size="sm" c="dimmed">
        It comes to all devices of this workspace. Its key came with the link, and no server sees it.{' '}
        {right.role === 'auditor' && recordedWords}
      </Text>
      <Group gap="sm">
        <Button loading={state === 'busy'} onClick={() => void add()}>
          {isHere ? `Open ${content.name}` : 'Add to my personas'}
        </Button>
        {isHere && right.role === 'auditor' && (
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/audit" search={{ persona: personaId }} />}
          >
            Verify its log
          </Button>
        )}
        <GoHome variant="default" label="Not now" />
      </Group>
    </Offered>
  )
}

const useOffer = (link: ShareLink | undefined) => {
  const [offer, setOffer] = useState<OfferedPersona | Error>()
  const look = useCallback(() => {
    if (link !== undefined) lookAtShare(link).then(setOffer, (error: unknown) => setOffer(asError(error)))
  }, [link])
  useEffect(look, [look])
  const lookAgain = () => {
    setOffer(undefined)
    look()
  }
  return { offer, lookAgain }
}

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
