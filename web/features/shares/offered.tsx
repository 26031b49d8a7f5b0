import { Badge, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { OfferedPersona } from '#web/services/received-shares.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { exactTime } from '#web/ui/times.tsx'
import classes from './shares.module.css'

interface OfferedProps {
  readonly offer: OfferedPersona
  readonly role: string
  readonly children: ReactNode
}

/** What a link would give, before it is taken. */
export const Offered = ({ offer: { content }, role, children }: OfferedProps) => (
  <div className={classes.receive}>
    <Stack gap="md" maw={480} w="100%">
      <Group gap="md" wrap="nowrap">
        <HueAvatar name={content.name} hue={content.hue} size={56} />
        <div>
          <Text component="h2" fw={600} size="lg" m={0}>
            {content.name}
          </Text>
          <Badge variant="default" tt="none" fw={400}>
            shared with you · {role.toLowerCase()}
          </Badge>
        </div>
      </Group>
      {children}
    </Stack>
  </div>
)

export const untilWhen = ({ right: { expiresAt } }: OfferedPersona) =>
  expiresAt === null ? 'It stays until its owner ends it.' : `It ends on ${exactTime(expiresAt)}.`
