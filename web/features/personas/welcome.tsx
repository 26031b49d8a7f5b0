import { Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Import, LogIn, Plus, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { bringSampleHere, useSampleComing } from './sample-coming.ts'
import classes from './welcome.module.css'

/**
 * The first minute: something to look at in one click, and the other doors beside it. No account, no key, and no store: it
 * is read before there is one.
 */
export const Welcome = () => {
  const { progress, failure } = useSampleComing()
  return (
    <div className={classes.page}>
      <Stack gap="lg" maw={560} w="100%">
        <div>
          <Text component="h2" fw={600} size="xl" m={0}>
            A home for your AI personas
          </Text>
          <Text c="dimmed" size="md" mt="xs">
            Talk with them, read what they remember, take them along. All of it is stored on this device and works
            offline. No account, no key.
          </Text>
        </div>
        <div className={classes.first}>
          <Text fw={600} size="md">
            Look around first
          </Text>
          <Text c="dimmed" mb="md">
            Two personas, some weeks of talk and a hundred memories. You can remove them at any time.
          </Text>
          {progress === undefined ? (
            <Button leftSection={<Sparkles size={16} aria-hidden />} onClick={() => void bringSampleHere()}>
              Try a sample workspace
            </Button>
          ) : (
            <Group gap="md">
              <progress className={classes.progress} value={progress} aria-label="Bringing the sample" />
              <Text size="sm" className={classes.number}>
                {Math.round(progress * 100)} %
              </Text>
            </Group>
          )}
          {failure !== undefined && (
            <Text size="sm" c="red" mt="md" role="alert">
              The sample did not come through. {failure.message} What arrived is kept. Try again: nothing comes twice.
            </Text>
          )}
        </div>
        <div className={classes.doors}>
          <Door
            to="/personas"
            search={{ new: 'persona' }}
            icon={<Plus size={20} aria-hidden />}
            title="New persona"
            text="From a template or from nothing"
          />
          <Door
            to="/import"
            icon={<Import size={20} aria-hidden />}
            title="Import"
            text="A ChatGPT export or a character card"
          />
          <Door
            to="/sign-in"
            icon={<LogIn size={20} aria-hidden />}
            title="Sign in"
            text="By passkey, e-mail, link or recovery key"
          />
        </div>
      </Stack>
    </div>
  )
}

interface DoorProps {
  readonly to: '/personas' | '/import' | '/sign-in'
  readonly search?: Readonly<Record<string, string>>
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
}

const Door = ({ to, search = {}, icon, title, text }: DoorProps) => (
  <Link to={to} search={search} className={classes.door}>
    {icon}
    <span>
      <span className={classes.title}>{title}</span>
      <span className={classes.text}>{text}</span>
    </span>
  </Link>
)
