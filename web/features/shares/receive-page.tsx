import { Badge, Button, Group, Loader, Stack, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { type ShareLink, shareLinkIn } from '#sealing/share-link.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { lookAtShare, type OfferedPersona, receiveShare } from '#web/services/received-shares.ts'
import { ServerAway } from '#web/services/server.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { exactTime } from '#web/ui/times.tsx'
import { useSecretFragment } from '#web/ui/use-secret-fragment.ts'
import { wordsFor } from './roles.ts'
import { adviceFor } from './share-refusal.ts'
import classes from './shares.module.css'

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
  return <Offer key={offer.shareId} offer={offer} link={link} />
}

const Offer = ({ offer, link }: { readonly offer: OfferedPersona; readonly link: ShareLink }) => {
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
    <div className={classes.receive}>
      <Stack gap="md" maw={480} w="100%">
        <Group gap="md" wrap="nowrap">
          <HueAvatar name={content.name} hue={content.hue} size={56} />
          <div>
            <Text component="h2" fw={600} size="lg" m={0}>
              {content.name}
            </Text>
            <Badge variant="default" tt="none" fw={400}>
              shared with you · {words?.label.toLowerCase() ?? right.role}
            </Badge>
          </div>
        </Group>
        <Text>
          {words?.lets} {right.canShare && 'You can share it on. '}
          {right.expiresAt === null ? 'It stays until its owner ends it.' : `It ends on ${exactTime(right.expiresAt)}.`}
        </Text>
        <Text size="sm" c="dimmed">
          It comes to all devices of this workspace. Its key came with the link, and no server sees it.
        </Text>
        <Group gap="sm">
          <Button loading={state === 'busy'} onClick={() => void add()}>
            {isHere ? `Open ${content.name}` : 'Add to my personas'}
          </Button>
          <GoHome variant="default" label="Not now" />
        </Group>
      </Stack>
    </div>
  )
}

const NotOpened = ({ refusal, onRetry }: { readonly refusal: Error; readonly onRetry: () => void }) => (
  <EmptyState
    title="The link was not opened"
    text={`${refusal.message} ${adviceFor(refusal)}`}
    action={
      <Group gap="sm" justify="center">
        <GoHome />
        {refusal instanceof ServerAway && (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Group>
    }
  />
)

const GoHome = ({
  variant = 'filled',
  label = 'Go home',
}: {
  readonly variant?: string
  readonly label?: string
}): ReactNode => (
  <Button variant={variant} renderRoot={(props) => <Link {...props} to="/" />}>
    {label}
  </Button>
)

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
