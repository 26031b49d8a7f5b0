import { Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Cloud, type LucideIcon, Network, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { healthSeenBy$, providerAccounts$ } from '#schema/providers/queries.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useShards } from '#web/services/shards/use-shards.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import classes from './dashboard.module.css'

/** Whether all is saved, who answers, and where everything stands. */
export const StandingPanel = () => (
  <Paper component="section" withBorder p="md" aria-label="How it stands">
    <Title order={2} size="md" lh="md" mb="md">
      How it stands
    </Title>
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      <StoresLine />
      <ModelsLine />
      <Line
        icon={Network}
        says="Where each store stands on the server, and how that does"
        link={(props) => <Link {...props} to="/shards" />}
      >
        Shards
      </Line>
    </Stack>
  </Paper>
)

const StoresLine = () => {
  const shards = useShards()
  const waiting = shards.reduce((sum, shard) => sum + shard.waiting, 0)
  const says = waiting === 0 ? 'All that is here is on the server' : `${counted(waiting, 'event')} owed to the server`
  return (
    <Line icon={Cloud} says={says} link={(props) => <Link {...props} to="/shards/explore" />}>
      {counted(shards.length, 'store')} on this device
    </Line>
  )
}

const ModelsLine = () => {
  const workspace = useWorkspaceStore()
  const accounts = workspace.useQuery(providerAccounts$)
  const health = workspace.useQuery(healthSeenBy$(session.deviceId))
  const ill = accounts.filter(({ accountId }) =>
    health.some((seen) => seen.accountId === accountId && (seen.health === 'down' || seen.health === 'degraded')),
  )
  const says =
    accounts.length === 0
      ? 'The built-in responder answers'
      : ill.length === 0
        ? 'None of them failed lately'
        : `${wholeNumber(ill.length)} failed lately: ${ill.map(({ name }) => name).join(', ')}`
  return (
    <Line icon={Sparkles} says={says} link={(props) => <Link {...props} to="/settings" hash="models" />}>
      {accounts.length === 0 ? 'No model connected' : `${counted(accounts.length, 'account')} of models`}
    </Line>
  )
}

interface LineProps {
  readonly icon: LucideIcon
  readonly says: string
  readonly link: (props: object) => ReactNode
  readonly children: ReactNode
}

const Line = ({ icon: Icon, says, link, children }: LineProps) => (
  <li className={classes.line}>
    <Icon size={16} aria-hidden />
    <div>
      <Anchor size="sm" c="inherit" renderRoot={link}>
        {children}
      </Anchor>
      <Text size="xs" c="dimmed">
        {says}
      </Text>
    </div>
  </li>
)
