import { Anchor, Paper, SimpleGrid, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { activity$, directoryEntry$, totals$ } from '#schema/workspace/queries.ts'
import { useIsPast, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { daysBefore } from '#web/ui/charts/calendar.ts'
import { shortNumber, wholeNumber } from '#web/ui/charts/numbers.ts'
import { totalOf } from './activity.ts'

/** The four numbers of the workspace, or of one persona: how each came about, and the way to what it counts. */
export const TotalsRow = ({ today, personaId }: { readonly today: string; readonly personaId: string | undefined }) => (
  <SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 4 }} spacing="md">
    {personaId === undefined ? <AllTotals today={today} /> : <PersonaTotals today={today} personaId={personaId} />}
  </SimpleGrid>
)

const AllTotals = ({ today }: { readonly today: string }) => {
  const store = useWorkspaceStore()
  const { personas, conversations, messages, memories } = store.useQuery(totals$)
  const lately = useLately(today)
  return (
    <>
      <Total
        name="Personas"
        value={personas}
        note={`${each(memories, personas)} memories each`}
        link={(props) => <Link {...props} to="/personas" />}
      />
      <Total name="Conversations" value={conversations} note={`${each(messages, conversations)} messages each`} />
      <Total
        name="Messages"
        value={messages}
        note={lately('messages')}
        link={(props) => <Link {...props} to="/search" search={{ q: 'kind:message', sort: 'newest' }} />}
      />
      <Total
        name="Memories"
        value={memories}
        note={lately('memories')}
        link={(props) => <Link {...props} to="/search" search={{ q: 'kind:memory', sort: 'newest' }} />}
      />
    </>
  )
}

const PersonaTotals = ({ today, personaId }: { readonly today: string; readonly personaId: string }) => {
  const entry = useWorkspaceStore().useQuery(directoryEntry$(personaId))
  const lately = useLately(today, personaId)
  if (entry === null) return <AllTotals today={today} />
  const { conversations, messages, memories, pictures } = entry
  const to = (room: 'chats' | 'memories' | 'files') => (props: object) => (
    <Link {...props} to={`/p/$personaId/${room}`} params={{ personaId }} />
  )
  return (
    <>
      <Total
        name="Conversations"
        value={conversations}
        note={`${each(messages, conversations)} messages each`}
        link={to('chats')}
      />
      <Total name="Messages" value={messages} note={lately('messages')} link={to('chats')} />
      <Total name="Memories" value={memories} note={lately('memories')} link={to('memories')} />
      <Total name="Pictures" value={pictures} note={`among the files of ${entry.name}`} link={to('files')} />
    </>
  )
}

/** `84 in the last 30 days`. */
const useLately = (today: string, personaId?: string) => {
  const days = useWorkspaceStore().useQuery(activity$(daysBefore(today, 29), today, personaId))
  return (what: 'messages' | 'memories') => `${wholeNumber(totalOf(days, what))} in the last 30 days`
}

interface TotalProps {
  readonly name: string
  readonly value: number
  readonly note: string
  /** To what is counted; the past is looked at where one is. */
  readonly link?: (props: object) => ReactNode
}

const Total = ({ name, value, note, link }: TotalProps) => {
  const isPast = useIsPast()
  return (
    <Paper withBorder p="md">
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text
        component="dd"
        m={0}
        fz="xl"
        lh="xl"
        fw={600}
        title={wholeNumber(value)}
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {link === undefined || isPast ? (
          shortNumber(value)
        ) : (
          <Anchor inherit c="inherit" renderRoot={link}>
            {shortNumber(value)}
          </Anchor>
        )}
      </Text>
      <Text component="dd" m={0} size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  )
}

const each = (many: number, few: number) => wholeNumber(few === 0 ? 0 : Math.round(many / few))
