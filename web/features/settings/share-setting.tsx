import { Button, Group, TextInput } from '@mantine/core'
import { Check, Copy, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { joinLink } from '#web/services/workspace-link.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './settings.module.css'

/** The link is a secret: covered until asked for, so that a shared screen does not give it away. */
export const ShareSetting = () => {
  const [shown, setShown] = useState<string>()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    joinLink()
      .then((link) => navigator.clipboard.writeText(link))
      .then(
        () => setCopied(true),
        () => showRefusal(new Error('The browser did not let us copy. Show the link and copy it by hand.')),
      )
  const show = async () => setShown(await joinLink())
  return (
    <Group gap="sm" wrap="wrap">
      <TextInput
        flex="1 1 280px"
        aria-label="Link to this workspace"
        readOnly
        value={shown ?? `${location.origin}/join#${'•'.repeat(26)}`}
        classNames={{ input: classes.link ?? '' }}
        onFocus={({ currentTarget }) => shown !== undefined && currentTarget.select()}
      />
      <Button
        variant="default"
        leftSection={shown === undefined ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
        onClick={() => (shown === undefined ? void show() : setShown(undefined))}
      >
        {shown === undefined ? 'Show' : 'Hide'}
      </Button>
      <Button leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />} onClick={copy}>
        {copied ? 'Copied' : 'Copy link'}
      </Button>
    </Group>
  )
}
